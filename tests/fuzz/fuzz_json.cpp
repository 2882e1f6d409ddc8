// JSON texts: what is read is written and read again as the same value.
#include "tests/fuzz/fuzz.hpp"

#include "spie/json.hpp"

using namespace spie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  feel::Value value;
  try {
    value = read_json(fuzz::text_of(data, size), "fuzz.json");
  } catch (const Error &) {
    return 0;
  }
  for (const int indent : {0, 2})
    fuzz::promise(identical(read_json(write_json(value, indent)), value),
                  "JSON written is read again as the same value");
  return 0;
}
