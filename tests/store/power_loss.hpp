// A file system of SQLite that loses power: what was written and not synced since reaches the disk or does not, whole
// or in part, in any mixture. It passes everything to the system's own files and remembers what could still be lost.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace spie::testing {

class PowerLoss {
public:
  // Power fails at that write or sync, counted from 1; 0 for never.
  PowerLoss(std::uint32_t seed, std::size_t fails_at);
  ~PowerLoss();
  PowerLoss(const PowerLoss &) = delete;
  PowerLoss &operator=(const PowerLoss &) = delete;

  static constexpr const char *vfs = "spie-power-loss";
  std::size_t operations() const noexcept { return operations_; }
  bool failed() const noexcept { return failed_; }
  // Called at the moment of the failure.
  std::function<void()> on_failure;
  // The files as they are found afterwards.
  void restore(const std::filesystem::path &folder) const;

  // --- for the file system ---
  struct Change { // from `offset` on, `before` became `after`; sizes of the file around it
    std::int64_t offset = 0;
    std::string before, after;
    std::int64_t size_before = 0;
    bool truncation = false;
  };
  bool operation(); // false once power has failed
  void changed(const std::string &path, Change change) { pending_[path].push_back(std::move(change)); }
  void synced(const std::string &path) { pending_[path].clear(); }
  void deleted(const std::string &path) { pending_.erase(path); }
  void opened(const std::string &path) { pending_[path]; }

private:
  void fail();
  std::mt19937 random_;
  std::size_t fails_at_, operations_ = 0;
  bool failed_ = false;
  std::map<std::string, std::vector<Change>> pending_;
  std::map<std::string, std::string> found_; // name → bytes
};

} // namespace spie::testing
