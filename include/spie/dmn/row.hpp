// Row after row through a prepared decision, in memory that is kept from one to the next: facts go straight into the
// places where its rules read them. One thread uses a row at a time; the decision behind it is shared.
#pragma once

#include "spie/dmn/decision.hpp"
#include "spie/dmn/model.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dmn {

class Row {
public:
  // `options` hold for all its evaluations; no trace is made. The decision is one that Model::decision() gave.
  static std::unique_ptr<Row> of(std::shared_ptr<const Decision> decision, const EvaluateOptions &options = {});

  struct Slot {
    std::string path; // of an input, or of a member of one: "age", "depense.axe"; lists are given whole
    feel::Type type;
  };

  Row() = default;
  virtual ~Row() = default;
  Row(const Row &) = delete;
  Row &operator=(const Row &) = delete;

  virtual const std::vector<Slot> &slots() const = 0;
  virtual std::optional<std::size_t> find(std::string_view path) const = 0; // nullopt: the decision reads no such fact

  // A value stays until another one takes its place. D010 when it is not of the type of the slot, which then keeps what
  // it had; std::out_of_range for a slot that there is not.
  virtual void set(std::size_t slot, feel::Value value) = 0;
  // As set(), without memory of its own for a text that was set before.
  virtual void set_text(std::size_t slot, std::string_view text) = 0;
  virtual void unset(std::size_t slot) = 0; // as if it had not been given
  virtual void clear() = 0;                 // all of them

  // As Decision::evaluate. The result stands until the next evaluation.
  virtual const Result &evaluate() = 0;
};

} // namespace spie::dmn
