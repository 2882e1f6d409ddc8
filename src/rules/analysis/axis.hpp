// The values of one input, cut where a cell of its column distinguishes two of them: finitely many atoms, so that what
// is said of them is said of every value.
#pragma once

#include "rules/analysis/bits.hpp"
#include "rules/analysis/cell.hpp"

#include "spie/feel/number.hpp"
#include "spie/feel/type.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace spie::analysis {

class Axis {
public:
  // `whole`: its numbers are. `listed`: the values that it takes, where someone says so beside its types. `no_answers`:
  // texts that are unknown values where they are listed.
  Axis(std::string name, const std::vector<const feel::Type *> &types, bool whole, feel::List listed,
       std::vector<const feel::Constraint *> constraints, std::vector<std::string> no_answers);

  // What is certain of a cell, and all that it may hold: the same where it is exact.
  enum class Bound : std::uint8_t { certain, possible };

  // In this order: every cell, then cut(), then what is below. A part whose values are not those of the input, or that
  // orders texts, becomes `other`.
  void add(Cell &cell);
  void cut(const Constants &constants);

  const std::string &name() const noexcept { return name_; }
  feel::Kind kind() const noexcept { return kind_; }
  const Bits &domain() const noexcept { return domain_; }
  const feel::List &listed() const noexcept { return listed_; } // the allowed values, where they are a list
  Bits atoms(const Cell &cell, Bound bound) const;
  // Of a value that some cell or list names.
  bool allows(const feel::Value &value) const { return value.kind() == kind_ && holds(domain_, value); }
  bool holds(const Bits &set, const feel::Value &value) const { return set.test(find(value)); }
  std::size_t find(const feel::Value &value) const; // the atom of a value that some cell or list names

  // A connected part of `set` that holds an atom of `around`: of an ordered axis an interval, of another one all of it,
  // but for the values that no cell names, which stand alone or in the whole.
  Bits piece(const Bits &set, const Bits &around) const;
  bool is_other(const Bits &set) const; // the values that no cell names, and these alone
  feel::Value witness(const Bits &piece) const;
  bool verified(const feel::Value &witness) const; // that it is allowed, where the domain is not exact
  std::string words(const Bits &piece) const;      // empty for the whole domain

private:
  bool ordered() const;
  bool fits(const feel::Value &value);
  bool fits(const Cell &within);
  Bits within(const Cell &cell) const;
  void add_points(const Cell &cell);
  feel::Value value_at(const feel::Number &at) const;
  bool holds_number(const feel::Number *low, const feel::Number *high) const; // strictly between

  std::string name_;
  feel::Kind kind_ = feel::Kind::null;
  feel::Type::Kind type_ = feel::Type::Kind::any;
  bool whole_ = false, exact_ = true;
  std::optional<bool> zoned_; // of instants
  feel::List listed_;
  bool enumerated_ = false;
  std::vector<std::string> no_answers_;
  std::vector<const feel::Constraint *> constraints_;
  // Ordered: atom 2k is what stands before point k, 2k + 1 is the point. Texts: one each, then all others.
  std::vector<feel::Number> points_;
  std::vector<std::string> texts_;
  std::unordered_map<std::string, std::size_t> text_at_; // where each of them stands
  std::size_t size_ = 0;                                 // how many atoms
  Bits exists_, domain_;
};

} // namespace spie::analysis
