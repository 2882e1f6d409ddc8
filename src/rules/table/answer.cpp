// The stream of the answers: it takes a batch of the table when one is asked of it, gives pieces of its rows to as many
// threads as it may, and hands over what each made, in order.
#include "rules/dmn/model_impl.hpp"
#include "rules/dmn/table.hpp"
#include "rules/table/asked.hpp"
#include "rules/table/by_columns.hpp"
#include "rules/table/column.hpp"
#include "rules/table/export.hpp"
#include "rules/table/fault.hpp"
#include "rules/table/shape.hpp"
#include "spie/diagnostic_fr.hpp"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <exception>
#include <new>
#include <set>
#include <thread>
#include <utility>

namespace spie::table {

namespace {

using dmn::Bound;
using feel::Value;

Bound bound_of(const Layout &column) {
  const Layout &layout = column.values();
  Bound bound;
  switch (layout.form) {
  case Form::float16:
  case Form::float32:
  case Form::float64:
    bound.scaled = Bound::Known::no;
    return bound;
  case Form::decimal:
    return Bound::decimals(std::max(0, layout.scale));
  case Form::timestamp:
    bound.zoned = Bound::Known::yes;
    bound.zone = layout.zone;
    return bound;
  case Form::date_days: // admitted as midnights, if at all
  case Form::date_millis:
    return bound;
  case Form::structure: {
    std::vector<Bound::Member> members;
    for (const Layout &child : layout.children) {
      members.push_back({child.name, bound_of(child)});
      Bound whole = members.back().bound;
      whole.members.clear();
      bound.join(whole);
    }
    bound.members = std::move(members);
    return bound;
  }
  case Form::list:
  case Form::large_list:
  case Form::list_view:
  case Form::large_list_view:
  case Form::fixed_list:
    return bound_of(layout.children.front());
  case Form::map: {
    bound = bound_of(layout.children.front());
    bound.members.clear();
    return bound;
  }
  default:
    return layout.form >= Form::int8 && layout.form <= Form::uint64 ? Bound::decimals(0) : bound;
  }
}

constexpr std::int64_t smallest_piece = 1'024, largest_piece = 32'768; // rows that one thread answers at once

// What is taken over from the caller, and released with this.
template <class Struct> class Taken {
public:
  Taken() = default;
  explicit Taken(Struct &from) : held_(from) { from.release = nullptr; }
  Taken(const Taken &) = delete;
  Taken &operator=(const Taken &) = delete;
  ~Taken() {
    if (held_.release != nullptr)
      held_.release(&held_);
  }
  Struct &operator*() { return held_; }
  const Struct &operator*() const { return held_; }
  Struct *operator->() { return &held_; }

private:
  Struct held_{};
};

struct Batch {
  Taken<ArrowArray> array;
  Column columns;
  std::size_t dictionaries = 0;
};

// The value of a decision as columns: its members, or itself.
struct Columns {
  std::vector<Shape::Member> named;
  bool members = false;
};

bool root_is_table(const dmn::Element &decision) {
  if (!decision.expression)
    return false;
  const feel::Node *node = &decision.expression->root();
  while (node->kind == feel::NodeKind::coerce)
    node = node->children.front().get();
  return dynamic_cast<const dmn::Table *>(node->extension.get()) != nullptr;
}

// Null where no rule or the default gave the value, and where the decision is no table.
Value rules_of(const dmn::Result &result, bool several) {
  if (result.trace.decisions.empty() || result.trace.decisions.back().tables.empty())
    return {};
  feel::List hit;
  for (const dmn::RuleTrace &rule : result.trace.decisions.back().tables.back().rules)
    if (rule.hit)
      hit.emplace_back(static_cast<std::int64_t>(rule.number));
  if (several)
    return hit;
  return hit.empty() ? Value() : hit.front();
}

class Answer {
public:
  Answer(std::shared_ptr<const Asked> asked, ArrowArrayStream &given, const Options &options,
         const std::optional<std::string> &as_of)
      : asked_(std::move(asked)), given_(given), options_(options) {
    if (given_->release == nullptr || given_->get_schema == nullptr || given_->get_next == nullptr)
      throw fault(Code::table_stream, "the stream of the table is released");
    if (options.echelle < 0 || options.echelle > 38)
      throw Error(Diagnostic{Code::api_argument, Level::error, "the decimals of a number are from 0 to 38", "echelle"});
    if (options.threads < 0)
      throw Error(Diagnostic{Code::api_argument, Level::error, "the threads are at least 1, or 0 for all", "threads"});
    if (given_->get_schema(&*given_, &*schema_) != 0)
      throw fault(Code::table_stream, "the table gives no schema: " + reason());
    layout_ = read_layout(*schema_, options.schema);
    if (as_of && !has_column(*as_of))
      day_ = feel::Date::parse(*as_of);
    binding_ = bind(layout_, *asked_, {options.garder, options.ignorer, day_ ? std::nullopt : as_of});
    find_columns();
    if (as_of)
      asked_->check(day_);
    columns::Obstacle why;
    const auto rule = !options.regle   ? ByColumns::Rule::not_asked
                      : rule_of_table_ ? ByColumns::Rule::of_table
                                       : ByColumns::Rule::none;
    if (options.colonnes && options.mots.empty())
      by_columns_ =
          ByColumns::make(*asked_, layout_, binding_, columns_.named, columns_.members, day_, rule, options.motif, why);
    else
      why = {asked_->decision().name, "the words of a row are asked for"};
    if (options.colonnes && by_columns_ == nullptr && options.rang_par_rang)
      options.rang_par_rang(why.place, why.why);
    if (by_columns_ != nullptr && options.laissees)
      by_columns_->count_left();
    threads_ = options.threads != 0 ? static_cast<unsigned>(options.threads)
                                    : std::max(1U, std::thread::hardware_concurrency());
  }

  static void give(ArrowArrayStream &out, std::unique_ptr<Answer> answer) {
    out.get_schema = [](ArrowArrayStream *stream, ArrowSchema *schema) {
      Answer &self = of(stream);
      return self.guard([&] { table::give(*schema, self.answer_schema_); });
    };
    out.get_next = [](ArrowArrayStream *stream, ArrowArray *array) {
      array->release = nullptr;
      Answer &self = of(stream);
      return self.guard([&] { self.next(*array); });
    };
    out.get_last_error = [](ArrowArrayStream *stream) {
      const std::string &error = of(stream).error_;
      return error.empty() ? nullptr : error.c_str();
    };
    out.release = [](ArrowArrayStream *stream) {
      delete &of(stream);
      stream->release = nullptr;
    };
    out.private_data = answer.release();
  }

private:
  static Answer &of(ArrowArrayStream *stream) { return *static_cast<Answer *>(stream->private_data); }

  // A stream that failed stays so.
  template <class Call> int guard(Call &&call) noexcept {
    if (failed_ != 0)
      return failed_;
    try {
      call();
      return 0;
    } catch (const Error &error) {
      failed_ = EINVAL;
      tell(to_string(error.first()));
    } catch (const std::bad_alloc &) {
      failed_ = ENOMEM;
      tell("no memory is left");
    } catch (const std::exception &error) {
      failed_ = EIO;
      tell(error.what());
    }
    return failed_;
  }
  void tell(std::string message) noexcept { error_ = std::move(message); }

  bool has_column(const std::string &name) const {
    return std::any_of(layout_.children.begin(), layout_.children.end(),
                       [&](const Layout &column) { return column.name == name; });
  }

  std::string reason() {
    const char *said = given_->get_last_error == nullptr ? nullptr : given_->get_last_error(&*given_);
    return said == nullptr ? "it does not say why" : said;
  }

  const dmn::Element &decision() const {
    return dynamic_cast<const dmn::ModelImpl &>(asked_->model()).elements()[asked_->decision().slot];
  }

  std::optional<Bound> given_to(std::uint32_t slot) const {
    const auto &model = dynamic_cast<const dmn::ModelImpl &>(asked_->model());
    if (auto fixed = asked_->fixed(slot))
      return fixed;
    const dmn::Element &element = model.elements()[slot];
    for (const Branch &branch : binding_.inputs)
      if (branch.slot == slot)
        return bound_of_branch(branch);
    return element.kind == dmn::ElementKind::input ? std::optional(Bound()) : std::nullopt;
  }

  Bound bound_of_branch(const Branch &branch) const {
    if (branch.column)
      return bound_of(layout_.children[*branch.column]);
    Bound bound, whole;
    for (const Branch &member : branch.members) {
      bound.members.push_back({member.name, bound_of_branch(member)});
      Bound below = bound.members.back().bound;
      below.members.clear();
      whole.join(below);
    }
    whole.members = std::move(bound.members);
    return whole;
  }

  void find_columns() {
    const auto &model = dynamic_cast<const dmn::ModelImpl &>(asked_->model());
    const dmn::Element &decision = this->decision();
    const Bound bound =
        dmn::bound_of_decision(model, decision.index, [this](std::uint32_t slot) { return given_to(slot); });
    const Shape whole = shape_of(dmn::type_of_decision(model, decision.index), bound, options_.echelle);
    columns_.members = whole.kind == Shape::Kind::structure;
    if (columns_.members) {
      columns_.named = whole.members;
    } else {
      std::string name = decision.info.name;
      if (decision.decision != nullptr && decision.decision->logic && decision.decision->logic->table)
        if (const auto &outputs = decision.decision->logic->table->outputs;
            outputs.size() == 1 && !outputs[0].name.empty())
          name = outputs[0].name;
      columns_.named.push_back({std::move(name), whole});
    }

    Shape text, rule;
    text.kind = Shape::Kind::text;
    rule.kind = Shape::Kind::integer;
    rule_of_table_ = options_.regle && root_is_table(decision);
    several_rules_ = rule_of_table_ && decision.info.type.kind() == feel::Type::Kind::list;
    if (several_rules_) {
      Shape list;
      list.kind = Shape::Kind::list;
      list.members.push_back({"item", std::move(rule)});
      rule = std::move(list);
    }
    own_.push_back({options_.prefixe + "statut", text});
    if (options_.regle)
      own_.push_back({options_.prefixe + "regle", rule});
    if (options_.motif)
      own_.push_back({options_.prefixe + "motif", text});
    if (!options_.mots.empty())
      own_.push_back({options_.prefixe + "mots", text});
    std::sort(options_.mots.begin(), options_.mots.end());

    answer_schema_.format = "+s";
    answer_schema_.flags = 0;
    for (const std::size_t kept : binding_.kept)
      answer_schema_.children.push_back(copied(*(*schema_).children[kept]));
    for (const auto *columns : {&columns_.named, &own_})
      for (const auto &[name, shape] : *columns)
        answer_schema_.children.push_back(schema_of(name, shape));
    std::set<std::string> names;
    for (const SchemaData &column : answer_schema_.children)
      if (!names.insert(column.name).second)
        throw fault(Code::table_clash, "the answer would have two columns '" + column.name + "'", column.name,
                    column.name);
  }

  // --- rows ---

  void next(ArrowArray &out) {
    while (ready_.empty()) {
      if (!batch_ || next_row_ == batch_->columns.length) {
        auto batch = std::make_shared<Batch>();
        if (given_->get_next(&*given_, &*batch->array) != 0)
          throw fault(Code::table_stream, "the table could not be read on: " + reason());
        if (batch->array->release == nullptr) // the end
          return tell_left();
        batch->columns = read_column(layout_, *batch->array, batch->dictionaries);
        if (batch_)
          rows_before_ += batch_->columns.length;
        batch_ = std::move(batch);
        next_row_ = 0;
      }
      answer_some();
    }
    table::give(out, std::move(ready_.front()));
    ready_.pop_front();
  }

  void tell_left() {
    if (by_columns_ == nullptr || !options_.laissees)
      return;
    const auto tell = std::exchange(options_.laissees, {}); // once, however often the end is asked for
    for (const columns::Left &one : by_columns_->left())
      tell(one.place, one.why, one.rows);
  }

  void answer_some() {
    const std::int64_t left = batch_->columns.length - next_row_;
    const std::int64_t piece = std::clamp((left + threads_ - 1) / threads_, smallest_piece, largest_piece);
    const std::int64_t pieces = std::min<std::int64_t>(threads_, (left + piece - 1) / piece);
    std::vector<ArrayData> made(static_cast<std::size_t>(pieces));
    std::vector<std::exception_ptr> faults(made.size());
    const auto answer = [&](std::size_t index) noexcept {
      try {
        const std::int64_t first = next_row_ + static_cast<std::int64_t>(index) * piece;
        made[index] = answer_rows(first, std::min(piece, batch_->columns.length - first));
      } catch (...) {
        faults[index] = std::current_exception();
      }
    };
    {
      std::vector<std::jthread> others;
      for (std::size_t index = 1; index < made.size(); ++index)
        others.emplace_back(answer, index);
      if (!made.empty())
        answer(0);
    }
    for (const std::exception_ptr &fault : faults)
      if (fault)
        std::rethrow_exception(fault);
    next_row_ = std::min(next_row_ + pieces * piece, batch_->columns.length);
    for (ArrayData &piece_made : made)
      ready_.push_back(std::move(piece_made));
  }

  ArrayData answer_rows(std::int64_t first, std::int64_t count) const {
    std::vector<std::unique_ptr<Builder>> columns, own;
    for (const auto &[name, shape] : columns_.named)
      columns.push_back(builder_of(name, shape));
    for (const auto &[name, shape] : own_)
      own.push_back(builder_of(name, shape));
    const auto finish = [&](std::vector<ArrayData> &into) {
      for (auto *builders : {&columns, &own})
        for (const auto &builder : *builders)
          into.push_back(builder->finish());
    };
    ArrayData array;
    array.length = count;
    array.buffers.emplace_back();
    for (const std::size_t kept : binding_.kept)
      array.children.push_back(shared(*(*batch_->array).children[kept], batch_, batch_->columns.offset + first, count));

    ArrowFacts facts(binding_, batch_->columns, batch_->dictionaries);
    if (const auto piece = by_columns_ ? by_columns_->begin(batch_->columns, first, count) : nullptr) {
      for (const std::int64_t row : piece->rows())
        answer_row(facts, first + row, columns, own);
      std::vector<ArrayData> answered;
      finish(answered);
      for (ArrayData &column : piece->finish(answered))
        array.children.push_back(std::move(column));
      return array;
    }
    for (std::int64_t row = first; row < first + count; ++row)
      answer_row(facts, row, columns, own);
    finish(array.children);
    return array;
  }

  void answer_row(ArrowFacts &facts, std::int64_t row, const std::vector<std::unique_ptr<Builder>> &columns,
                  const std::vector<std::unique_ptr<Builder>> &own) const {
    dmn::Result result;
    std::optional<Diagnostic> refused;
    try {
      const ArrowFacts::Node given = facts.row(row);
      result = asked_->answer(facts, given, binding_.dates ? day_of(facts) : day_, rule_of_table_);
    } catch (const Error &error) {
      refused = error.first();
      result.status = dmn::Status::erreur;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Value *value = &result.value;
      if (columns_.members)
        value = value->is(feel::Kind::context) ? value->context().find(columns_.named[i].name) : nullptr;
      columns[i]->add(value == nullptr ? Value() : *value, refused);
    }
    if (refused)
      result.status = dmn::Status::erreur;
    std::optional<Diagnostic> none;
    std::size_t next = 0;
    own[next++]->add(Value(dmn::text(result.status)), none);
    if (options_.regle)
      own[next++]->add(rule_of_table_ ? rules_of(result, several_rules_) : Value(), none);
    if (options_.motif)
      own[next++]->add(reason_of(result, refused), none);
    if (!options_.mots.empty())
      own[next]->add(std::binary_search(options_.mots.begin(), options_.mots.end(), rows_before_ + row)
                         ? words_of(result, refused)
                         : Value(),
                     none);
  }

  static Value reason_of(const dmn::Result &result, const std::optional<Diagnostic> &refused) {
    if (result.status == dmn::Status::determine)
      return {};
    if (result.status == dmn::Status::indetermine)
      return text(result.refused.size() == result.missing.size() ? Code::table_refused : Code::table_unknown);
    return text(refused ? refused->code : result.errors.front().code);
  }

  static Value words_of(const dmn::Result &result, const std::optional<Diagnostic> &refused) {
    if (result.status == dmn::Status::determine)
      return {};
    if (result.status == dmn::Status::erreur) {
      const EnFrancais said = en_francais(refused ? *refused : result.errors.front());
      return said.details.empty() ? said.phrase : said.phrase + "\u202f: " + said.details;
    }
    const auto listed = [](const char *what, const std::vector<std::string> &paths) {
      std::string text = what;
      for (std::size_t i = 0; i < paths.size(); ++i)
        text += (i == 0 ? " " : ", ") + paths[i];
      return text;
    };
    std::string words = listed("faits inconnus\u202f:", result.missing);
    return result.refused.empty() ? words : words + listed("\u202f; dont refusés\u202f:", result.refused);
  }

  feel::Date day_of(ArrowFacts &facts) const {
    const Value value = facts.of_column(*binding_.dates);
    if (value.is(feel::Kind::date))
      return value.date();
    if (value.is(feel::Kind::date_time))
      return value.date_time().date;
    if (value.is(feel::Kind::text))
      if (const auto date = feel::Date::parse(value.text()))
        return *date;
    throw fault(Code::table_value, "the column '" + layout_.children[*binding_.dates].name + "' gives no day");
  }

  std::shared_ptr<const Asked> asked_;
  Taken<ArrowArrayStream> given_;
  Options options_;
  std::optional<feel::Date> day_;
  Taken<ArrowSchema> schema_;
  Layout layout_;
  Binding binding_;
  Columns columns_;
  std::vector<Shape::Member> own_;
  SchemaData answer_schema_;
  std::unique_ptr<ByColumns> by_columns_; // null: every row is answered alone
  bool rule_of_table_ = false, several_rules_ = false;
  unsigned threads_ = 1;

  std::shared_ptr<Batch> batch_;
  std::int64_t next_row_ = 0, rows_before_ = 0; // in the batch; in those before it
  std::deque<ArrayData> ready_;
  int failed_ = 0;
  std::string error_;
};

} // namespace

void evaluate(ArrowArrayStream &answer, std::shared_ptr<const Asked> asked, ArrowArrayStream &given,
              const Options &options, const std::optional<std::string> &as_of) {
  answer.release = nullptr;
  Answer::give(answer, std::make_unique<Answer>(std::move(asked), given, options, as_of));
}

} // namespace spie::table
