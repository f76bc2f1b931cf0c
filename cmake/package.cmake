# What an installation consists of, and the Debian package of it (cpack).

include(GNUInstallDirs)

install(TARGETS shouyue RUNTIME)
install(DIRECTORY regimes data DESTINATION ${CMAKE_INSTALL_DATADIR}/shouyue)
install(DIRECTORY ${CMAKE_BINARY_DIR}/pages DESTINATION ${CMAKE_INSTALL_DATADIR}/shouyue)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN screens EXCLUDE)
install(FILES LICENSE NOTICE CHANGELOG.md web/openapi.yaml DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES packaging/shouyue.service DESTINATION lib/systemd/system)
install(FILES packaging/shouyue.conf packaging/insurer.toml DESTINATION /etc/shouyue)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_NAME shouyue)
set(CPACK_PACKAGE_VENDOR Shouyue)
set(CPACK_PACKAGE_CONTACT "The Shouyue maintainers <root@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "follow-up of life insurance policies, from the first call to the score")
string(CONCAT CPACK_PACKAGE_DESCRIPTION
  "Checks that every promise around a life insurance policy is kept: calls to new policyholders, problem tickets,\n"
  "receipts, commission, scores of branches. One program with its rule books, its web pages and a service that runs\n"
  "under an account of its own.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
file(WRITE ${CMAKE_BINARY_DIR}/package/conffiles "/etc/shouyue/shouyue.conf\n/etc/shouyue/insurer.toml\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/packaging/postinst ${CMAKE_SOURCE_DIR}/packaging/prerm
  ${CMAKE_SOURCE_DIR}/packaging/postrm ${CMAKE_BINARY_DIR}/package/conffiles)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
include(CPack)
