// The one property of columns, and of the programs for one row: what they give is what the row evaluator gives, row by
// row.
#pragma once

#include "rules/columns/program.hpp"
#include "rules/dmn/row_program.hpp"
#include "spie/dmn/decision.hpp"
#include "spie/dmn/values.hpp"
#include "spie/json.hpp"
#include "tests/catch.hpp"
#include "tests/dmn/models.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rows_and_columns {

using namespace spie;
using columns::Layout;
using feel::Kind;
using feel::Value;

// A column made from values: where they stand is its own.
struct Made {
  columns::Input input;
  columns::Column column;
  std::vector<Value> values;
  std::vector<char> bytes;
  std::vector<std::uint8_t> validity;
  std::deque<std::string> texts;
};

inline std::int64_t scaled(const Value &value, int scale) {
  return *value.number().multiply(*feel::Number::scaled(1, scale))->to_int64();
}

inline void fill(Made &made, std::size_t offset) {
  const std::size_t count = made.values.size() + offset;
  made.validity.assign(count / 8 + 1, 0);
  made.bytes.assign(count * 16 + 16, 0x5a); // what stands at a null means nothing
  made.column.offset = offset;
  const auto put = [&](std::size_t i, auto number) {
    std::memcpy(made.bytes.data() + (i + offset) * sizeof number, &number, sizeof number);
  };
  std::vector<std::string> known;
  for (std::size_t i = 0; i < made.values.size(); ++i) {
    const Value &value = made.values[i];
    if (value.is_null())
      continue;
    made.validity[(i + offset) / 8] |= static_cast<std::uint8_t>(1U << ((i + offset) % 8));
    switch (made.input.layout) {
    case Layout::list32: // its offsets follow
      break;
    case Layout::bits: {
      auto &byte = reinterpret_cast<std::uint8_t &>(made.bytes[(i + offset) / 8]);
      const auto bit = static_cast<std::uint8_t>(1U << ((i + offset) % 8));
      byte = static_cast<std::uint8_t>(value.boolean() ? byte | bit : byte & ~bit);
      break;
    }
    case Layout::int8:
      put(i, static_cast<std::int8_t>(scaled(value, 0)));
      break;
    case Layout::int16:
      put(i, static_cast<std::int16_t>(scaled(value, 0)));
      break;
    case Layout::int32:
      put(i, static_cast<std::int32_t>(scaled(value, 0)));
      break;
    case Layout::int64:
      put(i, scaled(value, 0));
      break;
    case Layout::float64:
      put(i, value.number().to_double());
      break;
    case Layout::decimal128:
      put(i, static_cast<columns::Wide>(scaled(value, made.input.scale)));
      break;
    case Layout::date32:
      put(i, static_cast<std::int32_t>(value.date().days));
      break;
    case Layout::months32:
      put(i, static_cast<std::int32_t>(value.months_duration().months));
      break;
    case Layout::microseconds64:
      put(i, value.days_duration().seconds * 1'000'000 + value.days_duration().nanos / 1'000);
      break;
    default: {
      std::size_t code = 0;
      while (code < known.size() && known[code] != value.text())
        ++code;
      if (code == known.size())
        known.push_back(value.text());
      if (made.input.layout == Layout::codes8)
        put(i, static_cast<std::int8_t>(code));
      else
        put(i, static_cast<std::int32_t>(code));
    }
    }
  }
  if (made.input.layout == Layout::list32) {
    std::int32_t end = 0;
    for (std::size_t i = 0; i <= made.values.size() + offset; ++i) {
      std::memcpy(made.bytes.data() + i * sizeof end, &end, sizeof end);
      if (i >= offset && i < made.values.size() + offset && made.values[i - offset].is(Kind::list))
        end += static_cast<std::int32_t>(made.values[i - offset].list().size());
    }
  }
  made.texts.assign(known.begin(), known.end());
  for (const std::string &text : made.texts)
    made.column.dictionary.emplace_back(text);
  made.column.values = made.bytes.data();
  made.column.validity = made.validity.data();
}

// What a program gives for one row of the chunk that it has just done.
inline Value output_at(const columns::Program &program, const columns::State &state, const columns::Output &output,
                       std::size_t row) {
  const columns::Lane &lane = state.lane(output.lane);
  if ((lane.valid_word(row / 64) >> (row % 64) & 1) == 0)
    return {};
  if (output.pool >= 0)
    return program.pool(output.pool)[lane.codes[row]];
  if (output.form == columns::Form::list) {
    feel::List list;
    for (std::size_t i = 0; i < output.items.size(); ++i)
      if (!output.kept[i] || (state.lane(*output.kept[i]).bits[row / 64] >> (row % 64) & 1) != 0)
        list.push_back(output.items[i]);
    return list;
  }
  const std::int64_t integer = lane.is_narrow ? lane.narrow[row] : lane.wide[row];
  switch (output.form) {
  case columns::Form::boolean:
    return (lane.bits[row / 64] >> (row % 64) & 1) != 0;
  case columns::Form::number:
    return *feel::Number::scaled(integer, -output.scale);
  case columns::Form::date:
    return feel::Date{integer};
  case columns::Form::months:
    return feel::MonthsDuration{integer};
  case columns::Form::days:
    return feel::DaysDuration{integer, 0};
  case columns::Form::text: {
    return std::string(state.dictionary(output.column)[static_cast<std::size_t>(lane.texts[row])]);
  }
  default:
    return {};
  }
}

inline Value member(const Value &value, const std::vector<std::string> &path) {
  const Value *at = &value;
  for (const std::string &name : path) {
    at = at->is(Kind::context) ? at->context().find(name) : nullptr;
    if (at == nullptr)
      return {};
  }
  return *at;
}

// The value with a member at the end of a path.
inline Value with_member(const Value &whole, const std::vector<std::string> &path, std::size_t depth,
                         const Value &value) {
  if (depth == path.size())
    return value;
  feel::Context context = whole.is(Kind::context) ? whole.context() : feel::Context();
  const Value *const below = context.find(path[depth]);
  context.set(path[depth], with_member(below == nullptr ? Value() : *below, path, depth + 1, value));
  return context;
}

// Whether a column holds the items of lists, which the column of the lists holds too, as values.
inline bool of_items(const Made &made) {
  return std::find(made.input.path.begin(), made.input.path.end(), "[]") != made.input.path.end();
}

struct Seen {
  bool compiled = false, mixed = false; // mixed: parts of it go row by row
  std::string why;
  std::size_t rows = 0, fallback = 0, errors = 0, unknowns = 0;
  std::size_t alone = 0, determined = 0;          // rows that a program for one row answered, and might have
  std::size_t alone_undecided = 0, undecided = 0; // of those that rest on an error or on a fact not known
};

// What a run over many decisions saw: how many went by columns, and why the others did not.
struct Tally {
  std::size_t compiled = 0, mixed = 0, all = 0, rows = 0, fallback = 0, alone = 0, determined = 0, alone_undecided = 0,
              undecided = 0;
  std::map<std::string, std::size_t> reasons = {};

  void add(const Seen &seen) {
    ++all;
    compiled += seen.compiled ? 1 : 0;
    mixed += seen.mixed ? 1 : 0;
    rows += seen.rows;
    fallback += seen.fallback;
    alone += seen.alone;
    determined += seen.determined;
    alone_undecided += seen.alone_undecided;
    undecided += seen.undecided;
    if (!seen.compiled)
      ++reasons[seen.why.substr(seen.why.find(": ") + 2)];
  }

  // More than half must go by columns, and more than half of their rows; SPIE_SHOW tells the counts.
  void check() const {
    std::string words;
    for (const auto &[why, count] : reasons)
      words += std::to_string(count) + " " + why + "\n";
    INFO(compiled << " of " << all << " compiled, " << mixed << " of them mixed; " << fallback << " of " << rows
                  << " rows to the row evaluator; " << alone << " of " << determined << " by a program for one row, "
                  << alone_undecided << " of " << undecided << " undecided\n"
                  << words);
    CHECK(compiled * 2 > all);
    CHECK(fallback * 2 < rows);
    CHECK(alone * (mixed * 2 > compiled ? 8 : 2) > determined); // what goes in part row by row has no program
    if (std::getenv("SPIE_SHOW") != nullptr)
      CHECK(false);
  }
};

// Evaluates the decision by rows and by columns; fails the test where they differ.
inline Seen compare(const std::shared_ptr<const dmn::Model> &model, std::string_view name,
                    std::vector<std::unique_ptr<Made>> given, bool unknowns, std::string_view kernels) {
  const auto &impl = dynamic_cast<const dmn::ModelImpl &>(*model);
  Seen seen;
  columns::Request request;
  request.facts_may_be_unknown = unknowns;
  columns::Batch batch;
  for (const auto &made : given) {
    request.inputs.push_back(made->input);
    batch.columns.push_back(made->column);
    if (!of_items(*made))
      batch.rows = made->values.size();
  }
  const columns::Kernels *const set = columns::find_kernels(kernels);
  if (set == nullptr)
    return seen;
  columns::Obstacle why;
  const auto program = columns::Program::compile(impl, impl.elements()[model->find_decision(name)->slot], request, why);
  if (program == nullptr) {
    seen.why = why.place + ": " + why.why;
    return seen;
  }
  seen.compiled = true;
  seen.mixed = !program->by_rows().empty();
  columns::State state = program->state(*set);
  program->prepare(state, batch);
  const dmn::Element &target = impl.elements()[model->find_decision(name)->slot];
  const auto alone = dmn::compile_row(impl, target, {}, unknowns);
  const auto decision = model->decision(name);
  dmn::EvaluateOptions options;
  options.facts_may_be_unknown = unknowns;
  options.limits.steps -= 1; // of its own, so that no program answers
  columns::Bits errors, unknown;
  for (std::size_t first = 0; first < batch.rows; first += columns::chunk_rows) {
    program->run(state, first, errors, unknown);
    for (std::size_t row = 0; row < state.rows; ++row) {
      ++seen.rows;
      const auto bit = [&](const columns::Bits &bits) { return (bits[row / 64] >> (row % 64) & 1) != 0; };
      if (bit(state.fallback))
        ++seen.fallback;
      if (bit(state.fallback) && alone == nullptr)
        continue;
      std::vector<dmn::Given> facts;
      std::string shown;
      for (const auto &made : given) {
        if (of_items(*made))
          continue;
        const Value &value = made->values[first + row];
        const std::string &input = impl.elements()[made->input.slot].info.name;
        shown += input;
        for (const std::string &part : made->input.path)
          shown += '.' + part;
        shown += " = " + value.to_feel() + "; ";
        auto fact = std::find_if(facts.begin(), facts.end(), [&](const dmn::Given &one) { return one.name == input; });
        if (fact == facts.end())
          fact = facts.insert(facts.end(), {input, {}, {}});
        fact->value = with_member(fact->value, made->input.path, 0, value);
      }
      dmn::Result result;
      try {
        result = decision->evaluate(facts, options);
      } catch (const Error &) { // a value refused, which columns leave to the row evaluator
        if (!bit(state.fallback))
          throw;
        continue;
      }
      const bool determined = result.status == dmn::Status::determine;
      ++(determined ? seen.determined : seen.undecided);
      if (alone != nullptr) {
        const dmn::Slots slots = impl.admit(facts, options);
        if (const auto value = alone->run(slots.values, {})) {
          ++(determined ? seen.alone : seen.alone_undecided);
          // As it is written, too: a number keeps its last zeros; and with all that it rests on.
          const auto whole = [](const dmn::Result &one) { return write_json(dmn::to_value(one)); };
          const std::string by_rows = whole(result), by_program = whole(dmn::concluded(*value));
          if (!identical(*value, result.value) || by_rows != by_program) {
            INFO(shown << "by rows " << result.value.to_feel() << ", alone " << value->to_feel());
            CHECK(by_program == by_rows);
            CHECK(false);
            return seen;
          }
        }
      }
      if (bit(state.fallback))
        continue;
      const dmn::Status status = bit(errors)    ? dmn::Status::erreur
                                 : bit(unknown) ? dmn::Status::indetermine
                                                : dmn::Status::determine;
      seen.errors += bit(errors) ? 1U : 0U;
      seen.unknowns += bit(unknown) ? 1U : 0U;
      if (result.status != status) {
        INFO(shown << "by rows " << result.value.to_feel() << ", "
                   << (result.errors.empty() ? "" : to_string(result.errors.front())));
        CHECK(text(status) == text(result.status));
        return seen;
      }
      for (const columns::Output &output : program->outputs()) {
        const Value by_columns = output_at(*program, state, output, row);
        const Value by_rows = member(result.value, output.path);
        if (!identical(by_columns, by_rows)) {
          INFO(shown << (output.path.empty() ? "" : output.path.back()));
          CHECK(by_columns.to_feel() == by_rows.to_feel());
          return seen;
        }
      }
    }
  }
  return seen;
}

} // namespace rows_and_columns
