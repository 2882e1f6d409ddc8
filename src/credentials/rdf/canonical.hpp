// RDF Dataset Canonicalization (RDFC-1.0): labels of blank nodes that depend on the graph alone.
#pragma once

#include "credentials/rdf/quad.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace spie::credentials::rdf {

enum class Hash : std::uint8_t { sha256, sha384 };

// What is left of the work that a badge may ask for: one for its proofs, those of what it holds, and those of the lists
// that it names.
struct Work {
  // Steps of the search among blank nodes that look alike: each hashes, or copies a label. A graph made to defeat the
  // search takes without end; the symmetric ones that people write take some thousands.
  std::size_t steps = 1'000'000;
  std::size_t quads = 200'000;
  std::size_t signatures = 2'000; // of statements that are signed one by one
};

struct Limits {
  std::size_t quads = 100'000;
  std::size_t depth = 500; // of that search, one blank node after another
};

struct Canonical {
  std::string nquads;                        // sorted lines
  std::map<std::string, std::string> labels; // of each blank node of the dataset: "e0" -> "c14n3"
};

// Throws Error B012 beyond the limits, or when no work is left.
Canonical canonical(const Dataset &dataset, Hash hash, Work &work, const Limits &limits = {});
Canonical canonical(const Dataset &dataset, Hash hash = Hash::sha256);

} // namespace spie::credentials::rdf
