// What becomes of one model that somebody wrote for another engine, and why.
#pragma once

#include "spie/dmn/model.hpp"

#include <string>
#include <vector>

namespace dmn_files {

// In the order of what one would rather have.
enum class Outcome {
  strictly,        // loads with strict names
  by_default,      // loads, its free names taken as inputs
  leniently,       // loads lenient, and no decision of it is unusable
  rightly_refused, // what it asks for cannot be had, and the findings say what to do
  other,           // not usable, and it ought to be
};

struct Verdict {
  Outcome outcome = Outcome::other;
  std::string cause; // of what is not usable: "language", "pmml", "import", "wrong", or the codes found
  std::vector<spie::Diagnostic> findings; // the errors that make it so
};

inline bool usable(const Verdict &verdict) { return verdict.outcome <= Outcome::leniently; }
std::string name(Outcome outcome);

// `sources`: the model, then those it imports that are at hand. `wrong`: it was written to be refused.
Verdict judge(const std::vector<spie::dmn::Source> &sources, bool extensions, bool wrong);

} // namespace dmn_files
