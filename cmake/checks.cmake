# The checks that no compiler makes, as tests and, where the answer is cheap, as part of the build.
#
#   shouyue_header_check(FOLDER LIBRARIES …)   every header below FOLDER compiles alone, and twice; one with a source of
#                                              its name does so there: check_includes holds that it is included first
#   shouyue_checks()                           includes, style, SQL, documents, and the tests of these checks
#   shouyue_on_postgresql(TEST …)              tests that need a PostgreSQL server: one is started for all of them

function(shouyue_header_check folder)
  cmake_parse_arguments(PARSE_ARGV 1 H "" "" "LIBRARIES")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*.hpp)
  set(units)
  foreach(header IN LISTS headers)
    string(REGEX REPLACE "hpp$" "cpp" source ${header})
    if(EXISTS ${folder}/${source})
      continue()
    endif()
    set(unit ${CMAKE_BINARY_DIR}/header_check/${header}.cpp)
    set(text "#include \"${header}\"\n#include \"${header}\"\n")
    set(present "")
    if(EXISTS ${unit})
      file(READ ${unit} present)
    endif()
    if(NOT present STREQUAL text)
      file(WRITE ${unit} ${text})
    endif()
    list(APPEND units ${unit})
  endforeach()
  if(units)
    add_library(header_check OBJECT ${units})
    target_include_directories(header_check PRIVATE ${folder})
    target_compile_options(header_check PRIVATE -O0 -g0)
    target_link_libraries(header_check PRIVATE ${H_LIBRARIES})
  endif()
endfunction()

# A test for every document with ```console blocks: what it shows is run and compared.
function(shouyue_walkthroughs program)
  file(GLOB documents CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/*.md ${CMAKE_SOURCE_DIR}/docs/*.md
    ${CMAKE_SOURCE_DIR}/docs/guide/*.md)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${documents})
  foreach(document IN LISTS documents)
    file(STRINGS ${document} consoles REGEX "^```console")
    if(consoles)
      file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${document})
      add_test(NAME document.${name} COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/run_walkthrough.py
        --path $<TARGET_FILE_DIR:${program}> ${document})
    endif()
  endforeach()
endfunction()

function(shouyue_on_postgresql)
  set(cluster ${CMAKE_BINARY_DIR}/postgresql_cluster)
  set(tool ${Python3_EXECUTABLE} -B ${CMAKE_SOURCE_DIR}/tests/store/postgres_cluster.py)
  add_test(NAME postgresql.start COMMAND ${tool} start ${cluster})
  add_test(NAME postgresql.stop COMMAND ${tool} stop ${cluster})
  set_tests_properties(postgresql.start PROPERTIES FIXTURES_SETUP postgresql)
  set_tests_properties(postgresql.stop PROPERTIES FIXTURES_CLEANUP postgresql)
  foreach(test IN LISTS ARGN)
    set_property(TEST ${test} APPEND PROPERTY FIXTURES_REQUIRED postgresql)
    set_property(TEST ${test} APPEND PROPERTY ENVIRONMENT "SHOUYUE_TEST_CLUSTER=${cluster}")
  endforeach()
endfunction()

function(shouyue_checks program)
  set(tools ${CMAKE_SOURCE_DIR}/tools)
  set(dependencies ${CMAKE_BINARY_DIR}/module_dependencies.txt)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.?pp ${CMAKE_SOURCE_DIR}/tests/*.?pp)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/check_includes.stamp
    COMMAND ${Python3_EXECUTABLE} ${tools}/check_includes.py --stamp ${CMAKE_BINARY_DIR}/check_includes.stamp
      ${CMAKE_SOURCE_DIR} ${dependencies}
    DEPENDS ${sources} ${dependencies} ${tools}/check_includes.py ${tools}/findings.py VERBATIM)
  add_custom_target(check_includes ALL DEPENDS ${CMAKE_BINARY_DIR}/check_includes.stamp)

  add_test(NAME check.includes
    COMMAND ${Python3_EXECUTABLE} ${tools}/check_includes.py --unused ${CMAKE_SOURCE_DIR} ${dependencies})
  add_test(NAME check.sql COMMAND ${Python3_EXECUTABLE} ${tools}/check_sql.py ${CMAKE_SOURCE_DIR})
  add_test(NAME check.style COMMAND ${Python3_EXECUTABLE} ${tools}/check_style.py ${CMAKE_SOURCE_DIR})
  if(TARGET ${program})
    add_test(NAME check.docs
      COMMAND ${Python3_EXECUTABLE} ${tools}/check_docs.py ${CMAKE_SOURCE_DIR} $<TARGET_FILE:${program}>)
    add_test(NAME regimes.check COMMAND ${program} regime check)
    add_test(NAME regimes.test COMMAND ${program} regime test)
    # Books of which every single value is held by a case.
    add_test(NAME regimes.strict COMMAND ${program} regime test --strict agent-guide call-centre-2021 china-life-rules
      five-two-three four-classes misselling-assessment national new-china operations-kpi pacific-2010)
    shouyue_walkthroughs(${program})
  endif()

  set(server_tests)
  foreach(folder cli server)
    file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*_test.py)
    foreach(test IN LISTS tests)
      get_filename_component(name ${test} NAME_WE)
      add_test(NAME ${folder}.${name} COMMAND ${Python3_EXECUTABLE} -B ${test})
      set_tests_properties(${folder}.${name} PROPERTIES
        ENVIRONMENT "SHOUYUE_PROGRAM=$<TARGET_FILE:${program}>;LC_ALL=C.UTF-8" TIMEOUT 600)
      if(folder STREQUAL "server")
        list(APPEND server_tests ${folder}.${name})
      endif()
    endforeach()
  endforeach()
  set(server_tests ${server_tests} PARENT_SCOPE)

  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/tools/*_test.py)
  foreach(test IN LISTS tests)
    get_filename_component(name ${test} NAME_WE)
    add_test(NAME tools.${name} COMMAND ${Python3_EXECUTABLE} -B ${test})
    set_tests_properties(tools.${name} PROPERTIES ENVIRONMENT "PYTHONPATH=${tools};LC_ALL=C.UTF-8")
  endforeach()
endfunction()
