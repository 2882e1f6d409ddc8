// A row of a prepared decision: the values of the model by slot, kept from one evaluation to the next.
#pragma once

#include "rules/dmn/admission.hpp"
#include "rules/dmn/prepared.hpp"
#include "spie/dmn/row.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace spie::dmn {

class HeldRow final : public Row {
public:
  // `takes` says which of the inputs are the caller's to give; the others are given by put().
  using Takes = bool (*)(const void *context, const ElementInfo &input);
  HeldRow(std::shared_ptr<const PreparedDecision> decision, const EvaluateOptions &options, Admission::Manner manner,
          Takes takes = nullptr, const void *context = nullptr);

  const std::vector<Slot> &slots() const override { return slots_; }
  std::optional<std::size_t> find(std::string_view path) const override;
  void set(std::size_t slot, feel::Value value) override;
  void set_text(std::size_t slot, std::string_view text) override;
  void unset(std::size_t slot) override;
  void clear() override;
  const Result &evaluate() override;
  // The value alone, where a program has it: concluded() makes it a result. A program answers whatever its steps may
  // be.
  std::optional<feel::Value> programmed();
  // The whole of what has no program, given away; nullopt when the limits were reached.
  std::optional<Result> run();
  std::uint32_t element_of(std::size_t slot) const { return parts_[leaves_[slot]].element; }

  // The admitted value of an input that is not the caller's, by the slot of its element.
  void put(std::uint32_t element, feel::Value &&value) { values_[element] = std::move(value); }
  void put(std::uint32_t element, const feel::Value &value) { values_[element] = value; }
  // Where that stands as long as the row does, for whoever changes it in place.
  feel::Value &place(std::uint32_t element) { return values_[element]; }
  // That of an input as it was last put or made of its parts.
  const feel::Value &value_of(std::uint32_t element);

private:
  static constexpr std::uint32_t no_part = UINT32_MAX;
  static constexpr std::size_t texts_kept = 64, longest_kept = 256; // a slot, bytes
  struct Texts {
    std::array<feel::Value, texts_kept> given;    // set before, by their hash…
    std::array<feel::Value, texts_kept> admitted; // … and what the type made of them
  };
  struct Part { // an input, or a member of one
    std::string path;
    const feel::Type *type = nullptr;
    std::uint32_t up = no_part, root = 0, element = 0;
    std::vector<std::uint32_t> members;
    feel::Value value, absent;           // absent: what stands for it when it is not given
    feel::Kind plain = feel::Kind::null; // of the values that its type takes as they are; null: it looks at each
    bool given = false, stale = false, consumes = false;
    feel::Cause consumed;         // by the tests of its allowed values
    std::unique_ptr<Texts> texts; // apart, so that the parts of a row lie close together; none before a text is set
  };

  std::uint32_t add(const feel::Type &type, std::string path, std::uint32_t up, std::uint32_t element);
  Part &part(std::size_t slot);
  feel::Value admit(Part &part, const feel::Value &value);
  void take(Part &part, feel::Value value);
  void changed(Part &part);
  bool is_given(const Part &part) const;
  feel::Value made(const Part &part) const;
  void make_stale_inputs();
  Result evaluated(bool &exhausted);
  void consumes(Part &part, bool does);

  std::shared_ptr<const PreparedDecision> decision_;
  EvaluateOptions options_;
  Admission::Manner manner_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> leaves_; // by slot, its part
  std::vector<Part> parts_;
  std::vector<std::uint32_t> stale_; // inputs to be made anew of their members
  std::vector<feel::Value> values_;  // by element
  std::vector<std::uint32_t> own_plan_;
  std::size_t consuming_ = 0;             // parts
  const RowPrograms *programs_ = nullptr; // that may answer
  bool steps_count_ = false;              // and might not, where the limit to the steps holds
  Result result_;
};

} // namespace spie::dmn
