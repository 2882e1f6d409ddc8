// A credential held against the rules of its format: Open Badges 3.0, CLR 2.0, Verifiable Credentials 2.0 (and 1.1, for
// reading). Each finding has its place, what the rule is and what to do.
#pragma once

#include "credentials/finding.hpp"
#include "rules/json/reader.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials::rules {

// What others wrote before a rule is read with a warning, and issued by nobody.
enum class Usage : std::uint8_t { reading, issuing };

enum class Genre : std::uint8_t { achievement, endorsement, record, unknown };

// A credential that stands inside another: an endorsement, or a credential of a record.
struct Inner {
  std::string place;
  const feel::Value *document = nullptr; // into the document checked; null for a compact signature
  std::string jws = {};
};

struct Structure {
  Genre genre = Genre::unknown;
  std::vector<Finding> findings = {};
  std::vector<Inner> inner = {};

  bool faulty() const noexcept;
};

struct Options {
  Usage usage = Usage::reading;
  std::span<const std::string> contexts = {}; // addresses that the caller handed over, beside those that are pinned
};

// The document outlives what is returned.
Structure check(const json::Verbatim &document, const Options &options);

// The address of a context that is pinned (decisions §11).
bool pinned(std::string_view address) noexcept;

} // namespace spie::credentials::rules
