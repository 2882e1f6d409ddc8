# Writes PRELOAD_OUTPUT: the declarations of PRELOAD_HEADER (spie.ffi.h) under the two lines by which PHP loads them before
# any request; PRELOAD_LIBRARY is the installed libspie.so. PHP reads these lines at the very top alone.
file(READ "${PRELOAD_HEADER}" PRELOAD_DECLARATIONS)
file(WRITE "${PRELOAD_OUTPUT}"
  "#define FFI_SCOPE \"SPIE\"\n#define FFI_LIB \"${PRELOAD_LIBRARY}\"\n${PRELOAD_DECLARATIONS}")
