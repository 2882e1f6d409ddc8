// Files for the tests of badges: those of ours, and the published ones, which stand beside the sources or not at all.
#pragma once

#include "tests/catch.hpp"

#include "spie/diagnostic.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace spie::testing {

inline std::string bytes_of(const std::filesystem::path &path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline std::string own_file(std::string_view name) {
  return bytes_of(std::filesystem::path(SPIE_SOURCE_DIR) / "tests/credentials/donnees" / name);
}
// Nothing, with a word, where the published badges are not installed.
inline std::optional<std::string> published(std::string_view name) {
  const std::filesystem::path path = std::filesystem::path(SPIE_SHARED_DIR) / "badges" / name;
  if (std::filesystem::exists(path))
    return bytes_of(path);
  WARN("skipped: no " << path.string());
  return std::nullopt;
}

// "B011 byte 8" of what is refused, "" of what is not.
template <class Call> std::string refusal(Call &&call) {
  try {
    call();
  } catch (const Error &error) {
    const Diagnostic &first = error.first();
    return std::string(text(first.code)) + (first.where.empty() ? "" : " " + first.where);
  }
  return {};
}

} // namespace spie::testing
