// The public vectors that stand beside the sources, where they do.
#pragma once

#include "tests/catch.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace spie::credentials::tests {

inline std::filesystem::path vectors(const std::string &folder) {
  return std::filesystem::path(SPIE_SHARED_DIR) / "badges" / folder;
}

// False, and said, when the vectors of that folder are not there.
inline bool has_vectors(const std::string &folder) {
  if (std::filesystem::is_directory(vectors(folder)))
    return true;
  WARN("skipped: the vectors of " + folder + " are not here");
  return false;
}

inline std::string bytes_of(const std::filesystem::path &file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in.good());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

} // namespace spie::credentials::tests
