// Linked into every test executable: SPIE_TEST_LOCALE names the C locale under which the tests run.
#include <clocale>
#include <cstdio>
#include <cstdlib>

namespace {

const bool set = [] {
  const char *name = std::getenv("SPIE_TEST_LOCALE");
  if (name == nullptr)
    return true;
  if (std::setlocale(LC_ALL, name) == nullptr) {
    std::fprintf(stderr, "the locale %s is not installed\n", name);
    std::exit(1);
  }
  return true;
}();

} // namespace
