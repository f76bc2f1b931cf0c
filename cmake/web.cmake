# The web pages and their tests.
#
#   shouyue_pages()          builds web/ into <build>/pages, beside the program, where it looks for them
#   shouyue_web_tests(P)     types, what can be tried without a browser, and a test for each story in tests/web

function(shouyue_pages)
  find_program(NPM npm REQUIRED)
  set(web ${CMAKE_SOURCE_DIR}/web)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${web}/src/*.ts ${web}/src/*.vue ${web}/src/*.css ${web}/public/*)
  list(REMOVE_ITEM sources ${web}/src/api/schema.d.ts)
  list(APPEND sources ${web}/index.html ${web}/visit.html ${web}/openapi.yaml ${web}/vite.config.ts)

  set(modules ${web}/node_modules/.package-lock.json)
  add_custom_command(OUTPUT ${modules}
    COMMAND ${NPM} ci --silent --no-audit --no-fund && ${CMAKE_COMMAND} -E touch ${modules}
    DEPENDS ${web}/package.json ${web}/package-lock.json WORKING_DIRECTORY ${web} USES_TERMINAL
    COMMENT "Packages of the web pages" VERBATIM)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/pages/index.html
    COMMAND ${CMAKE_COMMAND} -E env SHOUYUE_PAGES=${CMAKE_BINARY_DIR}/pages ${NPM} run --silent build -- --logLevel warn
    DEPENDS ${modules} ${sources} WORKING_DIRECTORY ${web}
    COMMENT "Web pages" VERBATIM)
  add_custom_target(pages ALL DEPENDS ${CMAKE_BINARY_DIR}/pages/index.html)
endfunction()

function(shouyue_web_tests program)
  find_program(NPM npm REQUIRED)
  find_program(NODE node REQUIRED)
  set(web ${CMAKE_SOURCE_DIR}/web)
  add_test(NAME web.types COMMAND ${NPM} run --silent check WORKING_DIRECTORY ${web})
  add_test(NAME web.units COMMAND ${NPM} test --silent WORKING_DIRECTORY ${web})
  set_tests_properties(web.types web.units PROPERTIES RESOURCE_LOCK web_types)

  set(environment "SHOUYUE_PROGRAM=$<TARGET_FILE:${program}>" "SHOUYUE_WEB_TESTS=${CMAKE_BINARY_DIR}/web_tests")
  add_test(NAME web.store COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/web/make_store.mjs)
  set_tests_properties(web.store PROPERTIES FIXTURES_SETUP web_store ENVIRONMENT "${environment}")
  file(GLOB stories CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/web/*.test.mjs)
  foreach(story IN LISTS stories)
    get_filename_component(name ${story} NAME_WE)
    file(STRINGS ${story} found REGEX "^story\\(")
    if(NOT found)
      message(FATAL_ERROR "tests/web/${name}.test.mjs tells no story")
    endif()
    add_test(NAME web.${name} COMMAND ${NODE} ${story})
    set_tests_properties(web.${name} PROPERTIES FIXTURES_REQUIRED web_store ENVIRONMENT "${environment}" TIMEOUT 300
      FAIL_REGULAR_EXPRESSION "tests 0")
  endforeach()
endfunction()
