// A decision compiled for columns: steps over chunks of rows, in order. Whatever is rare or has no form of its own in
// columns marks its rows, which the row evaluator then answers: what a program gives for the others is what the row
// evaluator gives.
#pragma once

#include "rules/columns/lanes.hpp"
#include "rules/dmn/model_impl.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::columns {

// A list is a constant, and its lane a lane of codes.
enum class Form : std::uint8_t { null, boolean, number, date, days, months, text, list };

// A column of a table given, and the input that it fills.
struct Input {
  std::uint32_t slot = 0;        // of the element
  std::vector<std::string> path; // from there to the member; "[]": the items of the list there
  Layout layout = Layout::absent;
  int scale = 0; // of decimals
};

// What a decision gives: one column, or one for each member of a context.
struct Output {
  std::vector<std::string> path; // of the member; empty: the value itself
  Form form = Form::null;
  int scale = 0; // of numbers: what is written is the number times ten to the scale
  std::uint32_t lane = 0;
  int pool = -1;   // of codes: the constants that they stand for
  int column = -1; // of texts: the input whose dictionary holds them
  // Of a list that is written out: what its items are, and for each the lane of the booleans that keep it, if any.
  std::vector<feel::Value> items = {};
  std::vector<std::optional<std::uint32_t>> kept = {};
};

// The number as an integer, times ten to the scale; nullopt where it is none, or has more than 38 digits.
std::optional<Wide> scaled(const feel::Number &number, int scale);

// Why a decision cannot be compiled.
struct Obstacle {
  std::string place; // "entree.dmn:12, decision 'entree'", or what of it
  std::string why;
};
// Why, in French (obstacles_fr.inc); as it is where that has no words for it.
std::string in_french(std::string_view why);

// What a table gives, or a pack fills, that columns do not read.
struct Opaque {
  std::uint32_t slot = 0;
  std::vector<std::string> path;
  std::string why;
  bool given = false; // by the table: its values may refuse their rows, though nothing reads them
};

struct Request {
  std::vector<Input> inputs;
  std::vector<Opaque> opaque;
  // By slot, what every row is given alike: the parameters and lists of a pack.
  std::vector<std::pair<std::uint32_t, feel::Value>> fixed;
  // By slot, what is given to a row by one of its dates: the parameters of a pack that are read at the date of a fact.
  struct Dated {
    std::uint32_t slot = 0, by = 0;  // of the value; of the input that holds the date
    std::vector<std::string> path;   // from there to the date
    std::vector<feel::Date> starts;  // in order
    std::vector<feel::Value> values; // before the first start, then from each on
  };
  std::vector<Dated> dated;
  bool facts_may_be_unknown = false;
  bool one_row = false; // a program for rows that come alone: see RowParts
};

// Where a program for one row reads its registers, and what it makes of them.
struct RowParts {
  struct Read {
    Input input;
    Form form = Form::null;               // `list`: the items of a list, which the reads of its items follow
    std::vector<std::size_t> places = {}; // where each member of the path stands in a context that is as its type says
    std::uint32_t lane = 0;
    int list = -1;                        // the list that it is, or whose items it reads
    const feel::Value *unknown = nullptr; // what stands for the input where it is not given; null: that is not kept
  };
  struct Answer {
    enum class Is : std::uint8_t { constant, lane, list, context, by_code };
    Is is = Is::constant;
    feel::Value value = {};
    Form form = Form::null;
    int scale = 0, pool = -1;
    std::uint32_t lane = 0;
    std::optional<std::uint32_t> self = {};              // of a list or a context: null with it
    std::vector<std::string> names = {};                 // of a context
    std::vector<Answer> parts = {};                      // its members, or the items of a list
    std::vector<feel::Value> values = {};                // of `by_code`: what each code of the lane gives
    std::vector<std::optional<std::uint32_t>> kept = {}; // of a list: the booleans that keep each item
  };
  std::vector<Read> reads; // in the order that compiling found them
  Answer answer;
  // Runs of steps over the row, or over the items of one list.
  struct Run {
    std::vector<const Step *> steps;
    int list = -1;
  };
  std::vector<Run> runs;
  std::vector<Read> booleans, scalars, lists, within; // of the reads: whole inputs; lists; members and items
  std::unique_ptr<const KnownTexts> texts;            // those that some step tells from the others; null: none does
  std::vector<std::vector<std::uint8_t>> tables;      // what the steps make of them, by table
  std::vector<Cell> rows;                             // the registers as they stand before a row
  std::vector<OneRow::Rests> whys;                    // and what those that are nulls rest on
  std::size_t items = 0;                              // registers over items
  std::uint64_t number = 0;                           // of this program among all
};

// Rows that a program leaves to the row evaluator, and the first reason for it.
struct Left {
  std::string place, why; // the part that it is in, as of an obstacle
  std::int64_t rows = 0;
};

class Program {
public:
  // Null when something in the decision is not safe in columns, even where the parts without a form in columns are
  // evaluated row by row; `why` then says what.
  static std::shared_ptr<const Program> compile(const dmn::ModelImpl &model, const dmn::Element &decision,
                                                const Request &request, Obstacle &why);

  const std::vector<Output> &outputs() const noexcept { return outputs_; }
  // Of a decision that is a table of which one rule is taken: the lane of its codes, a rule's number or 0, whose nulls
  // are those of the whole; -1: it is none.
  int rule() const noexcept { return rule_; }
  // Whether that rule counts though another one is possible, and the whole a null.
  bool rule_of_null() const noexcept { return rule_of_null_; }
  // What of it is evaluated row by row, and why: none where all goes by columns.
  const std::vector<Obstacle> &by_rows() const noexcept { return by_rows_; }
  // The constants that codes of a pool stand for; a null has no value.
  const std::vector<feel::Value> &pool(int index) const { return pools_[static_cast<std::size_t>(index)]; }

  // `count`: it counts the rows that are left to the row evaluator.
  State state(const Kernels &kernels, bool count = false) const;
  // What a state that counts has seen so far, added to what is there.
  void add_left(const State &state, std::vector<Left> &left) const;
  void prepare(State &state, const Batch &batch) const;
  // The rows from `first` on, at most chunk_rows: their outputs stand in the lanes of the state, `fallback` says which
  // rows have none, `errors` and `unknowns` which of the others rest on an error or on a fact not known.
  void run(State &state, std::size_t first, Bits &errors, Bits &unknowns) const;

  // Of a program for one row: the value over those of the elements, by slot, with what its nulls rest on; nullopt where
  // the row evaluator must give it.
  // `order`: for each element, where its value stands; empty: at its slot.
  std::optional<feel::Value> run_one(std::span<const feel::Value> values, std::span<const std::uint32_t> order) const;

private:
  friend class Builder;
  void finish_one_row();
  void make_at_once(RowParts::Answer &answer) const;
  bool read_within(const RowParts::Read &read, const feel::Value &value, OneRow &row) const;
  bool read_scalar(const RowParts::Read &read, const feel::Value &value, OneRow &row, Cell &cell) const;
  std::optional<feel::Value> value_of(const RowParts::Answer &answer, const OneRow &row) const;
  struct Placed {
    std::unique_ptr<Step> step;
    int list = -1; // the lists over whose items it runs
    int level = 0; // of the builder: see Builder::forget
    std::string place = {};
  };
  std::vector<Placed> steps_;
  std::vector<std::unique_ptr<Step>> constants_; // run once, when a state is made
  std::vector<Output> outputs_;
  std::vector<std::vector<feel::Value>> pools_;
  int rule_ = -1;
  bool rule_of_null_ = false;
  std::vector<Obstacle> by_rows_;
  std::size_t row_steps_ = 0, row_frames_ = 0, made_texts_ = 0;
  std::vector<std::uint32_t> rests_on_; // lanes whose nulls are in the value
  std::vector<int> lanes_, masks_;      // the lists over whose items each is, or -1
  std::size_t lists_ = 0, tables_ = 0, scratch_ = 0, pairs_ = 0;
  RowParts one_row_;
  bool facts_may_be_unknown_ = false;
};

} // namespace spie::columns
