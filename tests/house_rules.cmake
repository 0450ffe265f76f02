# Fails when a file includes a room it may not use, shows a toolkit where it does not belong, or exceeds 500 lines.
cmake_minimum_required(VERSION 3.25)

set(uses_base "")
set(uses_image base)
set(uses_files base image)
set(uses_study base image files)
set(uses_nn base)
set(uses_learning base image files study nn)
set(uses_diagnosis base image files study nn learning)
set(uses_reports base image files study nn learning)
set(uses_synthesis base image files study nn learning)

# pattern of an include | folders whose sources may have it (headers never may, app/reader excepted)
set(toolkits
    "<vtk" "^ui/viewer/"
    "<itk|<gdcm" "^app/reader/"
    "<dcmtk/" "^app/reader/"
    "<opencv2/" "^core/(learning|image)/"
    "<onnx/|<google/protobuf" "^core/nn/onnx"
    "<sqlite3" "^core/study/"
    "<Eigen/" "^core/"
    "<pugixml" "^core/reports/report_xml"
    "<CLI/" "^app/cli/")

set(problems "")
file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/app/*.h ${ROOT}/app/*.cpp ${ROOT}/core/*.h ${ROOT}/core/*.cpp
    ${ROOT}/ui/*.h ${ROOT}/ui/*.cpp ${ROOT}/tests/*.h ${ROOT}/tests/*.cpp)
foreach(source ${sources})
    file(READ ${ROOT}/${source} content)
    string(REGEX MATCHALL "\n" newlines "${content}")
    list(LENGTH newlines lines)
    if(lines GREATER 500)
        list(APPEND problems "${source}: ${lines} lines, 500 are allowed")
    endif()
    if(source MATCHES "^tests/")
        continue()
    endif()
    string(REGEX MATCHALL "#include [<\"][^>\"\n]+" includes "${content}")
    foreach(include ${includes})
        string(REPLACE "#include " "" include "${include}")
        if(include MATCHES "^<Q|^<Qt" AND source MATCHES "^(core|app/cli|app/reader)/")
            list(APPEND problems "${source}: Qt (${include}) in a room without Qt")
        endif()
        if(source MATCHES "^core/([a-z]+)/" AND include MATCHES "^\"(core|ui|app)/([a-z]+)/")
            string(REGEX REPLACE "^core/([a-z]+)/.*" "\\1" room "${source}")
            string(REGEX REPLACE "^\"([a-z]+)/([a-z]+)/.*" "\\1" floor "${include}")
            string(REGEX REPLACE "^\"([a-z]+)/([a-z]+)/.*" "\\2" other "${include}")
            if(NOT floor STREQUAL "core" OR NOT (other STREQUAL room OR other IN_LIST uses_${room}))
                list(APPEND problems "${source}: ${room} may not use ${include}")
            endif()
        endif()
        if(source MATCHES "^ui/" AND include MATCHES "^\"app/")
            list(APPEND problems "${source}: the window may not use ${include}")
        endif()
        list(LENGTH toolkits count)
        math(EXPR last "${count} - 1")
        foreach(i RANGE 0 ${last} 2)
            math(EXPR j "${i} + 1")
            list(GET toolkits ${i} pattern)
            list(GET toolkits ${j} allowed)
            if(include MATCHES "${pattern}")
                if(NOT source MATCHES "${allowed}" OR (source MATCHES "\\.h$" AND NOT source MATCHES "^app/"))
                    list(APPEND problems "${source}: ${include} may not be seen here")
                endif()
            endif()
        endforeach()
    endforeach()
endforeach()

if(problems)
    list(JOIN problems "\n" report)
    message(FATAL_ERROR "House rules broken:\n${report}")
endif()
list(LENGTH sources count)
message("${count} sources keep the house rules")
