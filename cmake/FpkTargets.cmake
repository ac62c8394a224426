# How a folder becomes a target: every .cpp below it belongs to it, so a new file needs no edit here.

add_library(fpk_options INTERFACE)
target_compile_options(fpk_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  # The same bits whatever the instruction set: no product is fused into a sum behind our back.
  -ffp-contract=off -fno-math-errno)
target_include_directories(fpk_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(fpk_options INTERFACE FPK_VERSION="${PROJECT_VERSION}" OMPI_SKIP_MPICXX MPICH_SKIP_MPICXX)
if(FPK_SANITIZE)
  target_compile_options(fpk_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(fpk_options INTERFACE -fsanitize=address,undefined)
endif()

# Files named *_kernels.cpp are hot loops. Each is compiled once for each instruction set, inside the namespace
# FPK_ISA, and one of the three is chosen at run time (parallel/instruction_set.hpp). They include no standard
# header with inline code: the linker must not keep an AVX-512 copy of somebody else's function.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(FPK_ISAS plain avx2 avx512)
else()
  set(FPK_ISAS plain)
endif()
set(FPK_ISA_FLAGS_avx2 -mavx2 -mfma)
set(FPK_ISA_FLAGS_avx512 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mfma -mprefer-vector-width=512)
function(fpk_kernels TARGET)
  foreach(isa IN LISTS FPK_ISAS)
    add_library(${TARGET}_${isa} OBJECT ${ARGN})
    target_link_libraries(${TARGET}_${isa} PRIVATE fpk_options)
    target_compile_definitions(${TARGET}_${isa} PRIVATE FPK_ISA=${isa})
    target_compile_options(${TARGET}_${isa} PRIVATE ${FPK_ISA_FLAGS_${isa}} $<IF:$<BOOL:${FPK_SANITIZE}>,-O1,-O3> -fno-trapping-math
      # Minutes of a compiler's time for variables that no debugger shows, in loops unrolled this far; and, where they are
      # sanitised, for loops that nobody times.
      $<$<CXX_COMPILER_ID:GNU>:-fno-var-tracking-assignments>)
    target_sources(${TARGET} PRIVATE $<TARGET_OBJECTS:${TARGET}_${isa}>)
  endforeach()
endfunction()

# fpk_library(NAME DEPENDS ours... LINKS public... PRIVATE_LINKS private...)
function(fpk_library NAME)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINKS;PRIVATE_LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${NAME}/*.cpp)
  set(kernels ${sources})
  list(FILTER kernels INCLUDE REGEX "_kernels\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_kernels\\.cpp$")
  add_library(fpk_${NAME} STATIC ${sources})
  add_library(fpk::${NAME} ALIAS fpk_${NAME})
  if(kernels)
    fpk_kernels(fpk_${NAME} ${kernels})
  endif()
  list(TRANSFORM ARG_DEPENDS PREPEND fpk::)
  target_link_libraries(fpk_${NAME} PUBLIC ${ARG_DEPENDS} ${ARG_LINKS} PRIVATE fpk_options ${ARG_PRIVATE_LINKS})
endfunction()

# fpk_program(NAME FOLDER folder DEPENDS ours... LINKS ...)
function(fpk_program NAME)
  cmake_parse_arguments(ARG "" "FOLDER" "DEPENDS;LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${ARG_FOLDER}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(fpk_${ARG_FOLDER} STATIC ${sources})
  list(TRANSFORM ARG_DEPENDS PREPEND fpk::)
  target_link_libraries(fpk_${ARG_FOLDER} PUBLIC ${ARG_DEPENDS} ${ARG_LINKS} PRIVATE fpk_options)
  add_library(fpk::${ARG_FOLDER} ALIAS fpk_${ARG_FOLDER})
  add_executable(${NAME} ${PROJECT_SOURCE_DIR}/${ARG_FOLDER}/main.cpp)
  target_link_libraries(${NAME} PRIVATE fpk::${ARG_FOLDER} fpk_options)
endfunction()

