# Writes OUTPUT, the declarations of HEADER for foreign-function interfaces that have no preprocessor (PHP FFI, cffi):
# the header preprocessed as C, without what it includes and without attributes.
file(READ "${HEADER}" text)
string(REGEX REPLACE "#[ \t]*include[^\n]*" "" text "${text}")
file(WRITE "${OUTPUT}.c" "${text}")
execute_process(COMMAND ${COMPILER} -E -P -x c -std=c99 -DSPIE_FFI "${OUTPUT}.c"
                OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE "${OUTPUT}.c")
string(REGEX REPLACE "__attribute__[ ]*\\(\\([a-z_]+(\\([^()]*\\))?\\)\\)[ ]*" "" text "${text}")
if(text MATCHES "\n *#|__attribute__|extern \"C\"")
  message(FATAL_ERROR "${HEADER} holds what a foreign-function interface cannot read: ${CMAKE_MATCH_0}")
endif()
get_filename_component(name "${HEADER}" NAME)
file(WRITE "${OUTPUT}" "/* Generated from ${name}: its declarations, for readers without a preprocessor. */\n${text}")
