// From the bound tree to steps. What has no form in columns throws Unsafe, with the reason; what is rare at run time
// marks its rows instead.
#pragma once

#include "rules/columns/program.hpp"
#include "rules/columns/row_values.hpp"
#include "rules/dmn/bound.hpp"
#include "rules/dmn/table.hpp"
#include "rules/feel/node.hpp"
#include "spie/feel/evaluation.hpp"

#include <array>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spie::columns {

struct Unsafe {
  std::string why;
  std::string place = {}; // the decision that it is in
};

struct Member;
struct ByRows;

// What a part of the tree is, once compiled.
struct Part {
  enum class Is : std::uint8_t { constant, lane, context, list, items, input, by_rows };
  Is is = Is::constant;
  feel::Value value;      // of a constant
  Form form = Form::null; // of a lane
  int scale = 0;
  std::uint32_t lane = 0;
  bool nullable = true;
  int pool = -1;   // a lane of codes
  int column = -1; // a lane of texts
  // Of a context, its members; of a list, its items without a name.
  std::vector<Member> members;
  // Of a context or list that may be null: a lane of which the nulls alone count.
  std::optional<std::uint32_t> self;
  std::vector<std::optional<std::uint32_t>> kept; // of a filtered list: by item, the boolean lane that keeps it, if any
  // Of the items of a list that each row gives: which list, and what one item is; `keeps`: the boolean lane of those
  // that are kept, without nulls.
  int list = -1;
  std::shared_ptr<const Part> item;
  std::optional<std::uint32_t> keeps;
  // Of texts of a column: all that it may hold.
  std::shared_ptr<const std::vector<std::string>> allowed;
  // Of a member of an input that nothing has read yet.
  std::uint32_t slot = 0;
  std::vector<std::string> path;
  feel::Type type;
  // Of what has a value for each row, and no lane: a list, a number of any length.
  std::shared_ptr<const ByRows> by_rows;
};

// No std::pair: clang asks of that whether a Part can be made, before it is whole.
struct Member {
  Member(std::string name, Part part) : first(std::move(name)), second(std::move(part)) {}
  std::string first;
  Part second;
};

// What a test gives for one class of values.
enum class Verdict : std::uint8_t { no, yes, null_plain, null_error, null_unknown, null_both, other };
// Which null the value is; `no` when it is none.
Verdict null_of(const feel::Value &value);

// The slots that a tree reads or sets.
std::uint32_t slots_of(const feel::Node &node);

using Test = std::function<feel::Value(feel::Evaluation &, const feel::Value &)>;

// What a test gives, whatever the value: the integers between cuts, or the constants of a pool, or the texts that it
// knows, then the kinds of null.
struct Verdicts {
  std::vector<std::int64_t> cuts; // class k holds cuts[k-1] <= x < cuts[k]
  std::vector<std::string> texts; // class k is the text; the class after them is any other text
  std::vector<Verdict> values;    // by class
  std::array<Verdict, 4> nulls{}; // plain, error, unknown, both
  // Of these, which give a null of the very causes that they have; of the plain one, the error, where its words are
  // known to be those of the walk.
  std::array<bool, 4> hands{};
  feel::Value on_null = {};
};
// Whether both are nulls that rest on the same.
bool same_causes(const feel::Value &a, const feel::Value &b);

// What another value replaces while this stands, whatever is thrown.
template <class T> class Replaced {
public:
  Replaced(T &at, T value) : at_(at), outer_(std::exchange(at, std::move(value))) {}
  ~Replaced() { at_ = std::move(outer_); }
  Replaced(const Replaced &) = delete;
  Replaced &operator=(const Replaced &) = delete;

private:
  T &at_;
  T outer_;
};

class Builder {
public:
  Builder(const dmn::ModelImpl &model, const Request &request);

  std::shared_ptr<const Program> build(const dmn::Element &decision);
  const std::string &place() const noexcept { return place_; }

private:
  using Frame = std::vector<std::optional<Part>>;
  using Node = feel::Node;

  // While it stands, steps, lanes and masks are over the items of the list that the parts are over, if they are.
  class Within {
  public:
    Within(Builder &builder, std::initializer_list<const Part *> parts) : builder_(builder), outer_(builder.list_) {
      builder_.list_ = -1;
      for (const Part *part : parts)
        add(*part);
    }
    Within(Builder &builder, std::optional<int> list)
        : builder_(builder), outer_(std::exchange(builder.list_, list.value_or(-1))) {}
    ~Within() { builder_.list_ = outer_; }
    Within(const Within &) = delete;
    Within &operator=(const Within &) = delete;
    void add(const Part &part);
    void add(std::uint32_t lane);

  private:
    Builder &builder_;
    int outer_;
  };
  friend class Within;

  // While it stands, parts are needed for some rows alone.
  class Needed {
  public:
    Needed(Builder &builder, const Part &condition, RowStep::When when);
    ~Needed() { builder_.needs_.resize(outer_); }
    Needed(const Needed &) = delete;
    Needed &operator=(const Needed &) = delete;

  private:
    Builder &builder_;
    std::size_t outer_;
  };
  friend class Needed;

  // variables.cpp
  Part global(std::uint32_t slot);
  Part computed(const dmn::Element &element);
  Part input(const feel::Type &type, std::uint32_t slot, std::vector<std::string> &path);
  Part read(const Part &part); // a member of an input, once it is read
  Part path(const feel::Node &node);
  Part member(const Part &whole, const std::string &name);

  // trees.cpp, and from context() on calls.cpp
  // By columns, or else by rows.
  Part part(const feel::Node &node);
  Part in_columns(const feel::Node &node);
  Part binary(const feel::Node &node);
  // `divisor`: what a product by its inverse is written with.
  Part arithmetic(feel::NodeKind kind, Part left, Part right, const feel::Value *divisor = nullptr);
  Part divided(const Part &left, const Part &right);
  Part compared(feel::NodeKind kind, const Part &left, const Part &right);
  Part between(const feel::Node &node);
  Part junction(const feel::Node &node);
  Part membership(const feel::Node &node);
  Part cell(const feel::Node &node, std::uint32_t slot, const Part &input);
  Part conditional(const feel::Node &node);
  Part chosen(const Part &condition, const Part &then, const Part &otherwise);
  Part chosen_context(const Part &condition, const Part &then, const Part &otherwise);
  std::optional<std::uint32_t> chosen_self(const Part &condition, const Part &then, const Part &otherwise);
  Part context(const feel::Node &node, bool with_result);
  Part filtered(const feel::Node &node);
  Part coerced(const Part &part, const feel::Type &type);
  void hold_to(const Part &part, const feel::Constraint &allowed);
  Part call(const feel::Node &node);
  Part builtin(const feel::Node &node);
  Part counted(const Part &list);
  Part summed(const Part &list);
  Part extreme(const std::vector<Part> &items, bool largest);
  Part rounded(const Part &part, const feel::Value &digits, feel::Rounding mode);
  void output(const Part &part, std::vector<std::string> &path);

  // one_row.cpp: what a row that comes alone is read from, judged by and answered with
  Part read_one(Form form, const feel::Type &type, const Input &input, int list);
  Part judged(const Part &part, const Verdicts &verdicts);
  RowParts::Answer answer(const Part &part);

  // lists.cpp: the items of the lists that rows give, and of those that are written out
  Part list_input(const feel::Type &type, std::uint32_t slot, const std::vector<std::string> &path, std::size_t column);
  Part with_local(std::uint32_t slot, const Part &local, const Node &body);
  Part for_each(const Node &node);
  Part quantified(const Node &node);
  Part quantified(bool some, const Part &items, const Part &condition);
  Part filtered_items(const Part &items, const Node &node);
  Part distinct(const Part &items);
  Part contains(const Part &list, const Part &value);
  enum class Reduction : std::uint8_t { sum, least, greatest };
  Part reduced(const Part &items, Reduction reduction);
  Part first_known(const std::vector<Part> &arguments);
  // The list with its nulls in `self` alone: each item is kept or not.
  Part settled(const Part &list);
  Part list_or_null(const Part &condition, const Part &list, const feel::Value &null, bool wanted);
  void same_list(const Part &list);
  // written_lists.cpp
  Part chosen_list(const Part &condition, const Part &then, const Part &otherwise);
  Part concatenated(const std::vector<Part> &lists);
  Part coerced_list(const Part &list, const feel::Type &type);

  // dates.cpp
  Part moved(const Part &date, const Part &duration, bool back);
  Part add_months(const Part &date, const feel::Value &months);
  Part property(const Part &part, const std::string &name);
  // What the pack has for the day of each row.
  Part dated(const Request::Dated &value);

  // one.cpp: what rests on one value of few classes alone
  std::optional<Part> of_one(const Node &node);
  // Of a text that has few values, the codes of a pool of them.
  Part pooled(const Part &texts);
  Part mapped(const Part &part, const std::vector<std::string> &texts, const std::vector<feel::Value> &values,
              const std::array<feel::Value, 4> &kinds, const std::array<feel::Value, 4> &nulls,
              const std::vector<bool> &other);

  // by_rows.cpp: what the row evaluator makes of a part
  struct Reading;
  std::optional<Part> by_rows(const feel::Node &node, const Unsafe &why);
  // Lanes of it: `whatever`: of a number that nothing bounds too, of which few may fit.
  std::optional<Part> in_lanes(const ByRows &part, bool whatever);
  bool evaluated(const ByRows &part, std::vector<RowStep::Out> outs, std::optional<std::uint32_t> self);
  std::optional<Part> out_lane(const feel::Type &type, const dmn::Bound &bound, bool whatever);
  RowValuePtr row_value(const Part &part, const struct Uses *uses, Reading &reading);
  dmn::Bound bound_of(const Part &part) const;
  std::optional<dmn::Bound> bound_of(std::uint32_t slot);
  // Undoes what the part in hand made from the step `mark` on, where another way is taken: steps that cost, or that
  // mark rows. What is kept for other parts stays.
  void forget(std::size_t mark);

  // constants.cpp: what is the same for each row, and tests of one variable against constants
  bool rests_on_fixed(const feel::Node &node) const;
  bool rests_on_fixed(const feel::Node &node, std::vector<std::uint32_t> &bound) const;
  feel::Value fixed_value(const feel::Node &node);
  feel::Value evaluate(const Test &test, const feel::Value &value, Verdict *verdict) const;
  // Whether a test of the local slot compares it with constants alone, which are then gathered.
  bool compares_constants(const feel::Node &node, std::uint32_t slot, std::vector<feel::Value> &constants);
  Verdicts verdicts(const Part &part, const std::vector<feel::Value> &constants, const Test &test) const;
  std::vector<std::int64_t> cuts(const Part &part, const std::vector<feel::Value> &constants) const;
  feel::Value representative(const Part &part, std::int64_t value) const;
  std::vector<feel::Value> known_texts(const std::vector<feel::Value> &constants) const;
  Part predicate(const Part &part, const Verdicts &verdicts);
  // The rows whose values are wanted, into a mask.
  void mask_of(const Part &part, const Verdicts &verdicts, const std::function<bool(Verdict)> &wanted,
               std::uint32_t mask);

  // lanes
  std::uint32_t new_lane() {
    if (request_.one_row && list_ >= 0) {
      item_lanes_.push_back(list_);
      return static_cast<std::uint32_t>(item_lanes_.size() - 1) | over_items;
    }
    program_->lanes_.push_back(list_);
    return static_cast<std::uint32_t>(program_->lanes_.size() - 1);
  }
  // The lists over whose items a lane is, or -1.
  int list_of(std::uint32_t lane) const {
    return request_.one_row && (lane & over_items) != 0 ? item_lanes_[lane & ~over_items] : program_->lanes_[lane];
  }
  std::uint32_t new_mask() {
    program_->masks_.push_back(list_);
    return static_cast<std::uint32_t>(program_->masks_.size() - 1);
  }
  Part new_part(Form form, bool nullable, int scale = 0);
  Part constant_lane(const feel::Value &value, Form form);
  // The part as a lane of this form: constants are spread, codes looked up.
  Part lane(const Part &part, Form form);
  Part boolean(const Part &part);
  Part rescaled(const Part &part, int scale);
  Part coded(const Part &part);
  Part logic(bool conjunction, const Part &left, const Part &right);
  Part negation(const Part &part);
  int new_pool(std::vector<feel::Value> values);
  template <class S, class... Arguments> S &step(Arguments &&...arguments) {
    auto made = std::make_unique<S>(std::forward<Arguments>(arguments)...);
    S &result = *made;
    program_->steps_.push_back({std::move(made), list_, level_, request_.one_row ? std::string() : place_});
    return result;
  }

  // tables.cpp
  Part table(const feel::Node &node, const dmn::Table &table);

  struct TableParts;
  // The boolean lanes of the cells of a rule that test something, which `within` then counts.
  std::vector<std::uint32_t> cells_of_rule(const TableParts &parts, std::size_t rule, Within &within);
  Part collected(TableParts &parts);
  Part long_table(TableParts &parts);
  Part short_table(TableParts &parts);
  void table_outputs(TableParts &parts);

  const dmn::ModelImpl &model_;
  const Request &request_;
  std::shared_ptr<Program> program_;
  std::vector<feel::Value> fixed_;
  std::vector<char> is_fixed_;
  std::map<std::uint32_t, Part> globals_;
  std::map<std::pair<std::uint32_t, std::vector<std::string>>, Part> inputs_;
  std::set<std::uint32_t> open_;
  Frame *frame_ = nullptr;
  std::string place_;
  int depth_ = 0;
  int level_ = 0; // of what is compiled once for all who ask, within one another
  std::vector<RowStep::Need> needs_;
  std::map<std::uint32_t, Unsafe> failed_;                    // decisions
  std::set<const dmn::KnowledgeFunction *> calling_;          // within one another
  std::shared_ptr<const std::vector<feel::Value>> every_row_; // `fixed_`, once it is whole
  std::vector<std::pair<const RowStep *, Obstacle>> row_steps_;
  bool orders_texts_ = false; // set by compares_constants
  std::uint32_t tables_ = 0, scratch_ = 0;
  const Node *root_table_ = nullptr; // of the decision asked for
  feel::Value on_null_;              // of the operator in hand, as Node::on_null
  int list_ = -1;                    // see Within
  std::vector<int> item_lanes_;      // of a program for one row, by register over items: the list
  std::map<std::pair<std::uint32_t, std::vector<std::string>>, int> lists_; // of inputs, by slot and path
  std::set<int> in_hand_;                                                   // lists of which an item is in hand
  std::map<std::uint32_t, std::uint32_t> pairs_;                            // by lane, the equalities of its items
  std::map<std::array<std::uint32_t, 3>, Part> logic_;                      // by operator and lanes
  std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> below_;   // masks by lane and bound
  std::map<std::uint32_t, class PlanesStep *> planes_;                      // by lane, the one with room
  std::map<std::pair<std::uint32_t, std::string>, Part> predicates_;        // by lane and verdicts
};

// Throws why where the part is evaluated by rows and has no lane.
void in_a_lane(const Part &part);
Part constant(feel::Value value);
bool is_null(const Part &part);
// A constant list as one that is written out; anything else as it is.
Part unrolled(const Part &part);
// A constant context as one that is written out; anything else as it is.
Part opened(const Part &part);
// Whether the value is of the type as it is, its allowed values included.
bool holds_to(const feel::Value &value, const feel::Type &type);
// All the texts that a type allows, where it lists them; null where it does not.
std::shared_ptr<const std::vector<std::string>> texts_allowed(const feel::Type &type);
// Adds the scalars inside a constant; false for what compares otherwise than by order and equality.
bool gather(const feel::Value &value, std::vector<feel::Value> &into);
// Whether it holds an interval of texts.
bool orders_texts(const feel::Value &value);
// How many decimals the text of a number has; 0 of anything else.
int places_of(const feel::Value &value);
Form form_of(const feel::Value &value);
Form form_of(const feel::Type &type);

} // namespace spie::columns
