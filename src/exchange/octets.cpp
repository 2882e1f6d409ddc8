#include "spie/exchange/import.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace spie::exchange {

namespace {

class FileBytes final : public Octets {
public:
  explicit FileBytes(const std::string &path) : path_(path), file_(std::fopen(path.c_str(), "rb"), &std::fclose) {
    if (!file_)
      fail("the file cannot be opened");
  }
  std::size_t read(char *buffer, std::size_t size) override {
    const std::size_t count = std::fread(buffer, 1, size, file_.get());
    if (count == 0 && std::ferror(file_.get()) != 0)
      fail("the file cannot be read");
    return count;
  }
  void rewind() override {
    if (std::fseek(file_.get(), 0, SEEK_SET) != 0)
      fail("the file cannot be read twice");
  }

private:
  [[noreturn]] void fail(const char *message) const {
    throw Error(
        {Code::import_file, Level::error, message, path_, "Check the path and its rights; a pipe is not read."});
  }
  std::string path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file_;
};

class MemoryBytes final : public Octets {
public:
  explicit MemoryBytes(std::string_view bytes) noexcept : bytes_(bytes) {}
  std::size_t read(char *buffer, std::size_t size) override {
    const std::size_t count = std::min(size, bytes_.size() - at_);
    if (count != 0)
      std::memcpy(buffer, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }
  void rewind() override { at_ = 0; }

private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

} // namespace

std::unique_ptr<Octets> file_bytes(const std::string &path) { return std::make_unique<FileBytes>(path); }
std::unique_ptr<Octets> memory_bytes(std::string_view bytes) { return std::make_unique<MemoryBytes>(bytes); }

} // namespace spie::exchange
