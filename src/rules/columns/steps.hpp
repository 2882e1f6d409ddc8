// The steps of programs, one a kind of operation.
#pragma once

#include "rules/columns/builder.hpp"

#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spie::columns {

// A column into a lane. What does not fit marks its row.
class ReadStep final : public Step {
public:
  // What a text of the dictionary stands for: itself, nothing known, or what the row evaluator must see.
  enum class Entry : std::uint8_t { text, unknown, other };
  using Admit = std::function<Entry(std::string_view)>;
  // `list`: the lists whose items the column holds; -1: it holds a value a row.
  ReadStep(std::uint32_t column, Layout layout, std::uint32_t lane, std::uint32_t table, bool unknowns, Admit admit,
           int list)
      : column_(column), layout_(layout), lane_(lane), table_(table), unknowns_(unknowns), admit_(std::move(admit)),
        list_(list) {}
  void prepare(State &state, const Batch &batch) const override;
  void run(State &state) const override;
  std::string_view leaves() const override { return "a value of a column is too large, too fine or not allowed"; }

private:
  // The values from the row `first` on.
  void read(State &state, const Column &column, std::size_t first) const;
  void read_nulls(State &state, Lane &lane, const Column &column, std::size_t first) const;
  void read_codes(State &state, Lane &lane, const Column &column, std::size_t first) const;
  void read_floats(State &state, Lane &lane, const Column &column, std::size_t first) const;
  void read_lengths(State &state, Lane &lane, const Column &column, std::size_t first, std::int64_t per_unit) const;
  // The items in hand, one after the other.
  Column gathered(State &state) const;
  std::uint32_t column_;
  Layout layout_;
  std::uint32_t lane_, table_;
  bool unknowns_;
  Admit admit_;
  int list_;
};

// A constant, written once.
class ConstantStep final : public Step {
public:
  // `itself`: the constant, where it is a null.
  ConstantStep(std::uint32_t lane, Form form, std::int64_t value, int places, bool narrow, Verdict null,
               feel::Value itself)
      : lane_(lane), form_(form), value_(value), places_(places), narrow_(narrow), null_(null),
        itself_(std::move(itself)) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  std::uint32_t lane_;
  Form form_;
  std::int64_t value_;
  int places_; // of a number: the decimals of its text
  bool narrow_;
  Verdict null_; // no: it has a value
  feel::Value itself_;
};

// The rows whose integer is below a bound, without regard to nulls.
class BelowStep final : public Step {
public:
  BelowStep(std::uint32_t lane, std::int64_t bound, std::uint32_t mask) : lane_(lane), bound_(bound), mask_(mask) {}
  void run(State &state) const override;

private:
  std::uint32_t lane_;
  std::int64_t bound_;
  std::uint32_t mask_;
};

// Up to eight sets of codes at once: which rows hold a code of each.
class PlanesStep final : public Step {
public:
  static constexpr std::size_t most = 8;
  PlanesStep(std::uint32_t lane, int column, std::uint32_t table, std::size_t codes)
      : lane_(lane), column_(column), table_(table), codes_(codes) {}
  bool full() const { return masks_.size() == most; }
  // Of a pool, the codes of the set; of texts, the texts, and whether any other text is in it.
  void add(std::uint32_t mask, const std::vector<bool> &codes);
  void add(std::uint32_t mask, const std::vector<std::string> &texts, const std::vector<bool> &members);
  void prepare(State &state, const Batch &batch) const override;
  bool looks_into(int column) const override { return column == column_; }
  void run(State &state) const override;

private:
  std::uint32_t lane_;
  int column_; // of texts; -1: a pool
  std::uint32_t table_;
  std::size_t codes_;
  std::vector<std::uint32_t> masks_;
  std::vector<std::uint8_t> by_code_;                     // of a pool
  std::unordered_map<std::string, std::uint8_t> by_text_; // the planes whose set holds it; known texts alone
  std::unordered_map<std::string, std::uint8_t> known_;   // the planes that know it
  std::uint8_t others_ = 0;
};

// Intervals of integers: a mask from masks of bounds.
class IntervalsStep final : public Step {
public:
  struct Interval {
    int low = -1, high = -1; // masks of what is below; -1: no bound
  };
  IntervalsStep(std::vector<Interval> intervals, std::uint32_t mask) : intervals_(std::move(intervals)), mask_(mask) {}
  void run(State &state) const override;

private:
  std::vector<Interval> intervals_;
  std::uint32_t mask_;
};

// A set of booleans: a mask from the bits of a lane.
class BooleansStep final : public Step {
public:
  BooleansStep(std::uint32_t lane, bool of_false, bool of_true, std::uint32_t mask)
      : lane_(lane), of_false_(of_false), of_true_(of_true), mask_(mask) {}
  void run(State &state) const override;

private:
  std::uint32_t lane_;
  bool of_false_, of_true_;
  std::uint32_t mask_;
};

// A test of one lane: the masks of what it gives, and what each kind of null gives.
class PredicateStep final : public Step {
public:
  static constexpr std::array<Verdict, 4> null_kinds{Verdict::null_plain, Verdict::null_error, Verdict::null_unknown,
                                                     Verdict::null_both};
  // `some`: the values for which it holds stand in the bits of `out` already; `other`, `made`: masks, or -1, of those
  // for the row evaluator and, by kind of null, of those that give it.
  PredicateStep(std::uint32_t lane, bool some, int other, std::array<int, 4> made, std::array<Verdict, 4> nulls,
                std::uint32_t out);
  void run(State &state) const override;
  std::string_view leaves() const override { return "a test of a value ends in an error"; }

private:
  std::uint32_t lane_;
  bool some_;
  int other_;
  std::array<int, 4> made_;
  bool makes_; // whether there is one of these
  NullVerdicts nulls_{};
  std::uint32_t out_;
};

// The same of one row: the class of its value, and what the test gives for that.
class JudgeStep final : public Step {
public:
  enum class Of : std::uint8_t { integers, booleans, codes, texts };
  // `table`: of texts, the verdict of each that the program knows.
  JudgeStep(Of of, std::uint32_t lane, std::uint32_t table, Verdicts verdicts, std::uint32_t out)
      : of_(of), lane_(lane), table_(table), verdicts_(std::move(verdicts)), out_(out) {}
  void prepare(State &state, const Batch &batch) const override;
  void one(OneRow &row) const override;
  void each(OneRow &row, std::size_t count) const override;
  void texts(std::set<std::string> &into) const override;

private:
  Of of_;
  std::uint32_t lane_, table_;
  Verdicts verdicts_;
  std::uint32_t out_;
};

class LogicStep final : public Step {
public:
  LogicStep(bool conjunction, std::uint32_t left, std::uint32_t right, std::uint32_t out)
      : conjunction_(conjunction), left_(left), right_(right), out_(out) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;
  void each(OneRow &row, std::size_t count) const override;

private:
  bool conjunction_;
  std::uint32_t left_, right_, out_;
};

// Of one row: several operands of one kind at once.
class JunctionStep final : public Step {
public:
  JunctionStep(bool conjunction, std::vector<std::uint32_t> operands, std::uint32_t out)
      : conjunction_(conjunction), operands_(std::move(operands)), out_(out) {}
  void one(OneRow &row) const override;

private:
  bool conjunction_;
  std::vector<std::uint32_t> operands_;
  std::uint32_t out_;
};

class NotStep final : public Step {
public:
  NotStep(std::uint32_t in, std::uint32_t out) : in_(in), out_(out) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  std::uint32_t in_, out_;
};

// Which nulls several operands make: a null has the causes of all, and an error where none has any.
void merge_nulls(State &state, const std::uint32_t *lanes, std::size_t count, Lane &out);

// An order or an equality of two lanes of integers or booleans.
class CompareStep final : public Step {
public:
  // `on_null`, here and below: the error that plain nulls make of the operation, where it has words of its own.
  CompareStep(feel::NodeKind kind, Form form, bool unknowns, std::uint32_t left, std::uint32_t right, std::uint32_t out,
              feel::Value on_null)
      : kind_(kind), form_(form), unknowns_(unknowns), left_(left), right_(right), out_(out),
        on_null_(std::move(on_null)) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  feel::NodeKind kind_;
  Form form_;
  bool unknowns_;
  std::uint32_t left_, right_, out_;
  feel::Value on_null_;
};

class ArithmeticStep final : public Step {
public:
  enum class Operation : std::uint8_t { add, subtract, multiply };
  ArithmeticStep(Operation operation, bool dates, std::uint32_t left, std::uint32_t right, std::uint32_t out,
                 feel::Value on_null)
      : operation_(operation), dates_(dates), left_(left), right_(right), out_(out), on_null_(std::move(on_null)) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a number is beyond 64 bits"; }
  void one(OneRow &row) const override;

private:
  Operation operation_;
  bool dates_; // the result is a day: of 32 bits
  std::uint32_t left_, right_, out_;
  feel::Value on_null_;
};

class ScaleStep final : public Step {
public:
  // What the text writes: nothing, when only the scale is another; a product, of which a plain null is an error, or a
  // quotient; `places`: the decimals of the factor or of the divisor.
  enum class Written : std::uint8_t { nothing, product, quotient };
  ScaleStep(std::uint32_t in, std::int64_t factor, Written written, std::uint32_t out, int places = 0, int scale = 0,
            feel::Value on_null = {})
      : in_(in), factor_(factor), written_(written), out_(out), places_(places), scale_(scale),
        on_null_(std::move(on_null)) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a number is beyond 64 bits"; }
  void one(OneRow &row) const override;

private:
  std::uint32_t in_;
  std::int64_t factor_;
  Written written_;
  std::uint32_t out_;
  int places_, scale_; // scale: of the result
  feel::Value on_null_;
};

class RoundStep final : public Step {
public:
  // `digits`: the decimals asked for; `scale`: those of the lane.
  RoundStep(std::uint32_t in, std::int64_t divisor, feel::Rounding mode, int digits, int scale, std::uint32_t out)
      : in_(in), divisor_(divisor), mode_(mode), digits_(digits), scale_(scale), out_(out) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  std::uint32_t in_;
  std::int64_t divisor_;
  feel::Rounding mode_;
  int digits_, scale_;
  std::uint32_t out_;
};

class MonthsStep final : public Step {
public:
  MonthsStep(std::uint32_t in, std::int32_t months, std::uint32_t out, feel::Value on_null = {})
      : in_(in), months_(months), out_(out), on_null_(std::move(on_null)) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a date is moved too far"; }
  void one(OneRow &row) const override;

private:
  std::uint32_t in_;
  std::int32_t months_;
  std::uint32_t out_;
  feel::Value on_null_;
};

// The least or the greatest of two numbers, or of two dates.
class ExtremeStep final : public Step {
public:
  ExtremeStep(bool largest, bool dates, std::uint32_t left, std::uint32_t right, std::uint32_t out)
      : largest_(largest), dates_(dates), left_(left), right_(right), out_(out) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  bool largest_;
  bool dates_; // of 32 bits
  std::uint32_t left_, right_, out_;
};

// How many items of a list a filter kept, or how many there are.
class CountStep final : public Step {
public:
  CountStep(std::vector<std::uint32_t> kept, bool unknowns, std::uint32_t out)
      : kept_(std::move(kept)), unknowns_(unknowns), out_(out) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a condition is an error"; }
  void one(OneRow &row) const override;

private:
  std::vector<std::uint32_t> kept_;
  bool unknowns_;
  std::uint32_t out_;
};

// The sum of the items of a list that a filter kept.
class SumStep final : public Step {
public:
  SumStep(std::vector<std::uint32_t> items, std::vector<std::uint32_t> kept, bool unknowns, std::uint32_t out)
      : items_(std::move(items)), kept_(std::move(kept)), unknowns_(unknowns), out_(out) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a number is beyond 64 bits"; }
  void one(OneRow &row) const override;

private:
  std::vector<std::uint32_t> items_, kept_; // kept_: empty when nothing was filtered
  bool unknowns_;
  std::uint32_t out_;
};

// Codes of a pool as what they stand for.
class LookUpStep final : public Step {
public:
  LookUpStep(std::uint32_t in, Form form, std::vector<std::int64_t> values, std::vector<std::int8_t> places,
             std::vector<bool> nulls, std::uint32_t out);
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  std::uint32_t in_;
  Form form_;
  std::vector<std::int64_t> values_;
  std::vector<std::int8_t> places_;  // the decimals of their texts
  std::vector<std::int32_t> narrow_; // empty when they do not fit
  std::vector<std::uint8_t> bytes_;  // of booleans: bit 0; bit 1: a value
  bool nulls_ = false;
  std::uint32_t out_;
};

// Codes whose pool holds plain nulls: those become nulls.
class NullCodesStep final : public Step {
public:
  NullCodesStep(std::uint32_t in, const std::vector<bool> &nulls, std::uint32_t out);
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  std::uint32_t in_;
  std::vector<std::uint8_t> table_;
  std::uint32_t out_;
};

// `then` where the condition holds, else the other one.
class ChooseStep final : public Step {
public:
  enum class Data : std::uint8_t { none, bits, integers, codes, texts };
  ChooseStep(Data data, bool unknowns, std::uint32_t condition, std::uint32_t then, std::uint32_t otherwise,
             std::uint16_t offset, std::uint32_t out)
      : data_(data), unknowns_(unknowns), condition_(condition), then_(then), otherwise_(otherwise), offset_(offset),
        out_(out) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a condition is an error"; }
  void one(OneRow &row) const override;
  void each(OneRow &row, std::size_t count) const override;

private:
  Data data_;
  bool unknowns_;
  std::uint32_t condition_, then_, otherwise_;
  std::uint16_t offset_; // of the codes of the other one
  std::uint32_t out_;
};

// The lane with more nulls: those of another lane, which go first.
class NullsStep final : public Step {
public:
  NullsStep(ChooseStep::Data data, std::uint32_t in, std::uint32_t nulls, bool member, std::uint32_t out)
      : data_(data), in_(in), nulls_(nulls), member_(member), out_(out) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  ChooseStep::Data data_;
  std::uint32_t in_, nulls_;
  bool member_; // of a context: what is plainly null there makes an error here
  std::uint32_t out_;
};

// Rows that a mask names go to the row evaluator.
class FallbackStep final : public Step {
public:
  // Those for which the boolean lane does not hold.
  explicit FallbackStep(std::uint32_t lane) : lane_(lane) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a value is not among the allowed ones"; }
  void one(OneRow &row) const override;

private:
  std::uint32_t lane_;
};

ChooseStep::Data data_of(const Part &part);
void copy_data(ChooseStep::Data data, const Lane &from, Lane &to);
void widened(State &state, const Lane &lane, const std::int64_t *&values, std::array<std::int64_t, chunk_rows> &room);

} // namespace spie::columns
