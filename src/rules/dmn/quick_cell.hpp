// Most cells compare their input with constants: `"oui"`, `< 10`, `[1..5), 8`. Those are decided here without walking
// their tree, and give what the tree gives; any other cell, and any input of another kind, is left to the tree.
#pragma once

#include "rules/feel/node.hpp"

#include <optional>
#include <vector>

namespace spie::dmn {

class QuickCell {
public:
  QuickCell() = default; // decides nothing
  QuickCell(const feel::Node &cell, std::uint32_t input_slot);
  // nullopt: walk the tree.
  std::optional<bool> test(const feel::Value &input) const;

  struct Bound {
    bool given = false, closed = false;
    feel::Number at; // of a date, its day
  };
  struct Test {
    Bound low, high;
    std::string text;
    bool boolean = false;
  };
  // What it compares its input with, for whoever indexes a column: true when a test holds, or with `negated` none.
  feel::Kind kind() const noexcept { return kind_; }
  bool negated() const noexcept { return negated_; }
  const std::vector<Test> &tests() const noexcept { return tests_; }
  // `null` alone: it holds for a plain null, and for no value of any kind.
  bool of_null() const noexcept { return of_null_; }

private:
  bool add(const feel::Node &node, std::uint32_t input_slot);
  bool add(const feel::Value &value);
  bool bound(Bound &bound, const feel::Value &value, bool closed);
  bool takes(feel::Kind kind);

  feel::Kind kind_ = feel::Kind::null; // of every constant; null: decides nothing
  bool negated_ = false, of_null_ = false;
  std::vector<Test> tests_;
};

} // namespace spie::dmn
