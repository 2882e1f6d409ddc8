// How far a load has come within its limits. Whoever reads documents counts what it reads; once a limit is passed every
// further step fails, so that a load which goes on after the fault of one element ends soon, and says why.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/limits.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace spie::feel {

class Loading {
public:
  // `usual` stands for what is not asked for. Throws A001 for a depth beyond the usual one, and for what is below 0.
  Loading(const LoadLimits &asked, const LoadLimits &usual);

  const LoadLimits &limits() const noexcept { return limits_; } // none is 0, but for the time
  bool step(std::int64_t count = 1) noexcept;
  bool exhausted() const noexcept { return late_ || steps_ > limits_.steps; }
  bool late() const noexcept { return late_; } // by the clock
  // Where the first step that failed stood.
  void stopped_at(const std::string &place) {
    if (place_.empty())
      place_ = place;
  }
  // Why the load ends, once it is exhausted; `place` stands where no step said its own.
  Diagnostic fault(Code code, const std::string &place) const;
  void check(Code code, const std::string &place, std::int64_t count = 1) {
    if (!step(count))
      throw Error(fault(code, place));
  }

private:
  LoadLimits limits_;
  std::int64_t steps_ = 0, next_look_ = 0; // at the clock, in steps
  std::chrono::steady_clock::time_point deadline_;
  bool late_ = false;
  std::string place_;
};

// A finding about a limit, by the name that it has in LoadLimits: "the document has more than 10 bytes", "bytes".
Diagnostic beyond_limit(Code code, std::string message, std::string place, std::string_view limit);
std::string limit_remedy(std::string_view limit);

} // namespace spie::feel
