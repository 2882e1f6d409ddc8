// The library itself: version, codes, the packs that come with it.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/diagnostic_fr.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#ifndef SPIE_PACKS_DIR
#define SPIE_PACKS_DIR ""
#endif

#define SPIE_TEXT_OF(number) #number
#define SPIE_TEXT(number) SPIE_TEXT_OF(number)

namespace spie::capi {

namespace fs = std::filesystem;

namespace {

bool holds_packs(const fs::path &folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (fs::is_regular_file(entry->path() / "pack.json", error))
      return true;
  return false;
}

} // namespace

// An installed tree may be moved as a whole: look beside the file that this code was loaded from (lib/libspie.so, or
// lib/x86_64-linux-gnu/libspie.so) before the place that was said when the library was built.
std::string bundled_folder() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void *>(&bundled_folder), &info) != 0 && info.dli_fname != nullptr) {
    std::error_code error;
    fs::path folder = fs::canonical(info.dli_fname, error).parent_path();
    for (int level = 0; level < 3 && !error && folder.has_relative_path(); ++level, folder = folder.parent_path())
      if (const fs::path packs = folder / "share/spie/packs"; holds_packs(packs))
        return packs.string();
  }
  const std::string built = SPIE_PACKS_DIR;
  return !built.empty() && holds_packs(built) ? built : std::string();
}

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

const char *spie_version(void) {
  return SPIE_TEXT(SPIE_VERSION_MAJOR) "." SPIE_TEXT(SPIE_VERSION_MINOR) "." SPIE_TEXT(SPIE_VERSION_PATCH);
}

void spie_free(char *text) { std::free(text); }

spie_status spie_codes(char **json, size_t *length, spie_error *error) {
  return give_text(json, length, error, [] {
    feel::List codes;
    for (const Code code : all_codes())
      codes.push_back(feel::Context{{"code", text(code)},
                                    {"meaning", meaning(code)},
                                    {"remedy", remedy(code)},
                                    {"signification", meaning_fr(code)},
                                    {"remede", remedy_fr(code)}});
    return feel::Value(std::move(codes));
  });
}

spie_status spie_bundled_packs(char **json, size_t *length, spie_error *error) {
  return give_text(json, length, error, [] {
    const std::string folder = bundled_folder();
    if (folder.empty())
      throw Error(Diagnostic{Code::pack_file, Level::error, "the packs of the library are not installed beside it",
                             "share/spie/packs", "Install the library with its packs, or give a folder of your own."});
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
      if (std::filesystem::is_regular_file(entry.path() / "pack.json", ignored))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return feel::Value(feel::Context{{"dossier", folder}, {"packs", feel::List(names.begin(), names.end())}});
  });
}
