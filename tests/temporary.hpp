// A folder of its own for a test, gone with it. Its name is drawn: the same test may run twice at once, under two
// locales.
#pragma once

#include <filesystem>
#include <random>
#include <string>
#include <system_error>

namespace spie::testing {

class TemporaryFolder {
public:
  TemporaryFolder() {
    std::random_device draw;
    do
      path_ = std::filesystem::temp_directory_path() / ("spie-test-" + std::to_string(draw()));
    while (!std::filesystem::create_directory(path_));
  }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path &path() const noexcept { return path_; }

private:
  std::filesystem::path path_;
};

} // namespace spie::testing
