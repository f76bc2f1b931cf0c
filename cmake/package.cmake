# What an installation consists of, and the Debian package of it (cpack).

include(GNUInstallDirs)

install(TARGETS shouyue RUNTIME)
install(DIRECTORY regimes data DESTINATION ${CMAKE_INSTALL_DATADIR}/shouyue)
install(DIRECTORY ${CMAKE_BINARY_DIR}/pages DESTINATION ${CMAKE_INSTALL_DATADIR}/shouyue)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN screens EXCLUDE)
install(FILES LICENSE NOTICE CHANGELOG.md web/openapi.yaml DESTINATION ${CMAKE_INSTALL_DOCDIR})

# What Debian asks of every package: a changelog and a manual, compressed, and a copyright file.
set(SHOUYUE_CONTACT "The Shouyue maintainers <shouyue@maintainers.invalid>" CACHE STRING "who answers for the package")
set(package ${CMAKE_BINARY_DIR}/package)
string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${package}/changelog "shouyue (${PROJECT_VERSION}) stable; urgency=medium\n\n"
  "  * What changed: CHANGELOG.md beside this file.\n\n -- ${SHOUYUE_CONTACT}  ${today}\n")
file(READ NOTICE notice)
file(WRITE ${package}/copyright "${notice}\n"
  "On Debian systems the Apache License, Version 2.0, is in /usr/share/common-licenses/Apache-2.0.\n")
set(packaging ${CMAKE_SOURCE_DIR}/packaging)
foreach(text ${package}/changelog ${packaging}/shouyue.1 ${packaging}/shouyue-service.8)
  get_filename_component(name ${text} NAME)
  file(ARCHIVE_CREATE OUTPUT ${package}/${name}.gz PATHS ${text} FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
endforeach()
install(FILES ${package}/copyright ${package}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${package}/shouyue.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${package}/shouyue-service.8.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES packaging/shouyue.service DESTINATION lib/systemd/system)
install(PROGRAMS packaging/shouyue-service DESTINATION sbin)
install(FILES packaging/shouyue.conf packaging/insurer.toml DESTINATION /etc/shouyue)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_NAME shouyue)
set(CPACK_PACKAGE_VENDOR Shouyue)
set(CPACK_PACKAGE_CONTACT ${SHOUYUE_CONTACT})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "follow-up of life insurance policies, from the first call to the score")
string(CONCAT CPACK_PACKAGE_DESCRIPTION
  "Checks that every promise around a life insurance policy is kept: calls to\n"
  "new policyholders, problem tickets, receipts, commission, scores of\n"
  "branches. One program with its rule books, its web pages and a service that\n"
  "runs under an account of its own.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
file(WRITE ${package}/conffiles "/etc/shouyue/shouyue.conf\n/etc/shouyue/insurer.toml\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/packaging/postinst ${CMAKE_SOURCE_DIR}/packaging/prerm
  ${CMAKE_SOURCE_DIR}/packaging/postrm ${package}/conffiles)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
include(CPack)
