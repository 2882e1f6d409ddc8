// Whole tables through the C interface: the streams are the caller's, written out here as a program in C would.
#include "tests/capi/c_api.hpp"

#include "spie/arrow.h"

#include <cerrno>
#include <vector>

using namespace capi_test;

namespace {

// A column of texts "a", "b"… of one letter each, and how often each of its structs was released.
struct Letters {
  std::string letters;
  std::string name;
  std::vector<std::int32_t> offsets{};
  ArrowSchema column_schema{}, *schemas[1]{};
  ArrowArray column{}, *columns[1]{};
  const void *buffers[3]{}, *none[1]{};
  int batches = 1, streams_released = 0, arrays_released = 0;

  ArrowArrayStream stream() {
    for (std::size_t i = 0; i <= letters.size(); ++i)
      offsets.push_back(static_cast<std::int32_t>(i));
    ArrowArrayStream stream{};
    stream.get_schema = [](ArrowArrayStream *self, ArrowSchema *out) {
      Letters &me = of(self);
      const auto keep = [](ArrowSchema *schema) { schema->release = nullptr; };
      me.column_schema = {"u", me.name.c_str(), nullptr, ARROW_FLAG_NULLABLE, 0, nullptr, nullptr, keep, nullptr};
      me.schemas[0] = &me.column_schema;
      *out = {"+s", "", nullptr, 0, 1, me.schemas, nullptr, keep, nullptr};
      return 0;
    };
    stream.get_next = [](ArrowArrayStream *self, ArrowArray *out) {
      Letters &me = of(self);
      *out = {};
      if (me.batches == 0)
        return 0;
      if (me.batches-- < 0)
        return EIO;
      const auto length = static_cast<std::int64_t>(me.letters.size());
      me.buffers[1] = me.offsets.data();
      me.buffers[2] = me.letters.data();
      const auto kept = [](ArrowArray *array) { array->release = nullptr; };
      me.column = {length, 0, 0, 3, 0, me.buffers, nullptr, nullptr, kept, nullptr};
      me.columns[0] = &me.column;
      const auto count = [](ArrowArray *array) {
        ++static_cast<Letters *>(array->private_data)->arrays_released;
        array->release = nullptr;
      };
      *out = {length, 0, 0, 1, 1, me.none, me.columns, nullptr, count, &me};
      return 0;
    };
    stream.get_last_error = [](ArrowArrayStream *) { return "la table est perdue"; };
    stream.release = [](ArrowArrayStream *self) {
      ++of(self).streams_released;
      self->release = nullptr;
    };
    stream.private_data = this;
    return stream;
  }
  static Letters &of(ArrowArrayStream *self) { return *static_cast<Letters *>(self->private_data); }
};

std::string text_at(const ArrowArray &column, std::int64_t row) {
  const std::int32_t code = static_cast<const std::int32_t *>(column.buffers[1])[row];
  const auto *starts = static_cast<const std::int32_t *>(column.dictionary->buffers[1]);
  return {static_cast<const char *>(column.dictionary->buffers[2]) + starts[code],
          static_cast<std::size_t>(starts[code + 1] - starts[code])};
}

const std::string model = R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="m"
    namespace="urn:m"><inputData id="i" name="x"><variable name="x" typeRef="string"/></inputData>
  <decision id="e" name="double"><variable name="double" typeRef="string"/>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <literalExpression><text>x + x</text></literalExpression></decision></definitions>)";

struct Asked {
  Model held;
  Prepared prepared;
  Asked() {
    const spie_file file{"m.dmn", model.data(), model.size()};
    REQUIRE(spie_model_from_files(held.out(), &file, 1, nullptr, nullptr) == SPIE_OK);
    REQUIRE(spie_model_decision(prepared.out(), held.get(), "double", nullptr, nullptr) == SPIE_OK);
  }
};

} // namespace

TEST_CASE("a table is answered through the C interface, and everything is given back once") {
  Letters letters{"ab", "x"};
  ArrowArrayStream table = letters.stream(), answer{};
  CError error;
  const char *keep[] = {"x"};
  spie_table_options options = SPIE_TABLE_OPTIONS_INIT;
  options.keep = keep;
  options.keep_count = 1;
  options.reason = 1;
  {
    const Asked asked;
    REQUIRE(spie_prepared_evaluate_table(&answer, asked.prepared.get(), &table, &options, &error) == SPIE_OK);
  } // the answer keeps the decision
  CHECK(table.release == nullptr);

  ArrowSchema schema{};
  REQUIRE(answer.get_schema(&answer, &schema) == 0);
  REQUIRE(schema.n_children == 4);
  CHECK(std::string(schema.children[0]->name) == "x");
  CHECK(std::string(schema.children[1]->name) == "double");
  CHECK(std::string(schema.children[1]->format) == "i");
  CHECK(std::string(schema.children[1]->dictionary->format) == "u");
  CHECK(std::string(schema.children[2]->name) == "statut");
  CHECK(std::string(schema.children[3]->name) == "motif");
  schema.release(&schema);
  CHECK(schema.release == nullptr);

  ArrowArray batch{};
  REQUIRE(answer.get_next(&answer, &batch) == 0);
  REQUIRE(batch.length == 2);
  CHECK(text_at(*batch.children[1], 1) == "bb");
  CHECK(text_at(*batch.children[2], 1) == "determine");
  CHECK(batch.children[3]->null_count == 2);
  // A column may be moved out; the batch that it came in is kept for it alone.
  ArrowArray kept = *batch.children[0];
  batch.children[0]->release = nullptr;
  batch.release(&batch);
  ArrowArray end{};
  REQUIRE(answer.get_next(&answer, &end) == 0);
  CHECK(end.release == nullptr);
  answer.release(&answer);
  CHECK(letters.streams_released == 1);
  CHECK(letters.arrays_released == 0);
  CHECK(std::string(static_cast<const char *>(kept.buffers[2]), 2) == "ab");
  kept.release(&kept);
  CHECK(letters.arrays_released == 1);
}

TEST_CASE("a table is taken over whatever comes of the call") {
  CError error;
  ArrowArrayStream answer{};
  const Asked asked;
  {
    Letters letters{"a", "z"};
    ArrowArrayStream table = letters.stream();
    CHECK(spie_prepared_evaluate_table(&answer, asked.prepared.get(), &table, nullptr, &error) == SPIE_ERROR_TABLE);
    CHECK(std::string(error.code) == "T001");
    CHECK(answer.release == nullptr);
    CHECK(table.release == nullptr);
    CHECK(letters.streams_released == 1);
  }
  {
    Letters letters{"a", "x"};
    ArrowArrayStream table = letters.stream();
    CHECK(spie_prepared_evaluate_table(&answer, nullptr, &table, nullptr, &error) == SPIE_ERROR_ARGUMENT);
    CHECK(letters.streams_released == 1);
    ArrowArrayStream again = letters.stream();
    CHECK(spie_prepared_evaluate_table(nullptr, asked.prepared.get(), &again, nullptr, &error) == SPIE_ERROR_ARGUMENT);
    CHECK(letters.streams_released == 2);
    CHECK(spie_prepared_evaluate_table(&answer, asked.prepared.get(), nullptr, nullptr, &error) == SPIE_ERROR_ARGUMENT);
    spie_table_options options = SPIE_TABLE_OPTIONS_INIT;
    options.scale = 39;
    ArrowArrayStream third = letters.stream();
    CHECK(spie_prepared_evaluate_table(&answer, asked.prepared.get(), &third, &options, &error) == SPIE_ERROR_ARGUMENT);
    // A table that is released already.
    CHECK(spie_prepared_evaluate_table(&answer, asked.prepared.get(), &third, nullptr, &error) == SPIE_ERROR_TABLE);
    CHECK(std::string(error.code) == "T007");
  }
}

TEST_CASE("a table of a pack has its day, and a stream that fails says why") {
  Decision decision;
  CError error;
  REQUIRE(spie_pack_decision(decision.out(), the_pack(), "admission", &error) == SPIE_OK);
  Letters letters{"on", "beneficiaire.rsa"};
  letters.batches = -1;
  ArrowArrayStream table = letters.stream(), answer{};
  spie_table_options options = SPIE_TABLE_OPTIONS_INIT;
  CHECK(spie_decision_evaluate_table(&answer, decision.get(), &table, "jour", nullptr, &error) == SPIE_ERROR_TABLE);
  CHECK(std::string(error.code) == "T001");
  ArrowArrayStream second = letters.stream();
  options.parameters = "{\"nul\": 1}";
  options.parameters_length = 10;
  CHECK(spie_decision_evaluate_table(&answer, decision.get(), &second, "2022-06-01", &options, &error) ==
        SPIE_ERROR_PACK);
  ArrowArrayStream third = letters.stream();
  REQUIRE(spie_decision_evaluate_table(&answer, decision.get(), &third, "2022-06-01", nullptr, &error) == SPIE_OK);
  ArrowArray batch{};
  CHECK(answer.get_next(&answer, &batch) == EINVAL);
  CHECK(std::string(answer.get_last_error(&answer)).find("la table est perdue") != std::string::npos);
  CHECK(answer.get_next(&answer, &batch) == EINVAL);
  answer.release(&answer);
}

TEST_CASE("whoever asks is told once why a table goes row by row") {
  const Asked asked;
  CError error;
  struct Told {
    int times = 0;
    std::string place, why;
  } told;
  const std::int64_t words[] = {0}; // French words are made of a row's own evaluation
  spie_table_options options = SPIE_TABLE_OPTIONS_INIT;
  options.words = words;
  options.word_count = 1;
  options.context = &told;
  options.row_by_row = [](void *context, const char *place, const char *why) {
    auto &heard = *static_cast<Told *>(context);
    ++heard.times;
    heard.place = place;
    heard.why = why;
  };
  Letters letters{"ab", "x"};
  ArrowArrayStream table = letters.stream(), answer{};
  REQUIRE(spie_prepared_evaluate_table(&answer, asked.prepared.get(), &table, &options, &error) == SPIE_OK);
  answer.release(&answer);
  CHECK(told.times == 1);
  CHECK(told.place == "double");
  CHECK_THAT(told.why, Catch::Contains("words"));
}

TEST_CASE("whoever asks is told how many rows were answered one by one, and why") {
  // The letter z is not allowed: the row evaluator says so.
  const std::string_view lettered = R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m"
    name="m" namespace="n"><itemDefinition name="t_lettre"><typeRef>string</typeRef>
    <allowedValues><text>"a", "b"</text></allowedValues></itemDefinition>
    <inputData id="i" name="x"><variable name="x" typeRef="t_lettre"/></inputData>
    <decision id="d" name="d"><variable name="d" typeRef="boolean"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>x = "a"</text></literalExpression></decision></definitions>)";
  Model held;
  Prepared prepared;
  const spie_file file{"m.dmn", lettered.data(), lettered.size()};
  REQUIRE(spie_model_from_files(held.out(), &file, 1, nullptr, nullptr) == SPIE_OK);
  REQUIRE(spie_model_decision(prepared.out(), held.get(), "d", nullptr, nullptr) == SPIE_OK);
  CError error;
  struct Told {
    int times = 0;
    std::int64_t rows = 0;
    std::string why;
  } told;
  spie_table_options options = SPIE_TABLE_OPTIONS_INIT;
  options.context = &told;
  options.rows_left = [](void *context, const char *, const char *why, int64_t rows) {
    auto &heard = *static_cast<Told *>(context);
    ++heard.times;
    heard.rows += rows;
    heard.why = why;
  };
  Letters letters{"abzaz", "x"};
  ArrowArrayStream table = letters.stream(), answer{};
  REQUIRE(spie_prepared_evaluate_table(&answer, prepared.get(), &table, &options, &error) == SPIE_OK);
  for (ArrowArray batch{}; answer.get_next(&answer, &batch) == 0 && batch.release != nullptr;)
    batch.release(&batch);
  ArrowArray again{};
  CHECK(answer.get_next(&answer, &again) == 0); // the end is told once
  answer.release(&answer);
  CHECK(told.times == 1);
  CHECK(told.rows == 2);
  CHECK_THAT(told.why, Catch::Contains("not allowed"));
}

TEST_CASE("the schema of a table is read within the limits that are given") {
  const Asked asked;
  CError error;
  const auto ask = [&](std::uint64_t depth, std::uint64_t columns) {
    spie_limits limits = SPIE_LIMITS_INIT;
    limits.depth = depth;
    limits.list_size = columns;
    spie_table_options options = SPIE_TABLE_OPTIONS_INIT;
    options.schema = &limits;
    options.ignore = 1;
    Letters letters{"ab", "x"};
    ArrowArrayStream table = letters.stream(), answer{};
    table.get_schema = [](ArrowArrayStream *, ArrowSchema *out) { // x: a list of lists of texts
      static ArrowSchema text, lists, column, *texts[] = {&text}, *inner[] = {&lists}, *outer[] = {&column};
      const auto keep = [](ArrowSchema *schema) { schema->release = nullptr; };
      text = {"u", "item", nullptr, ARROW_FLAG_NULLABLE, 0, nullptr, nullptr, keep, nullptr};
      lists = {"+l", "item", nullptr, ARROW_FLAG_NULLABLE, 1, texts, nullptr, keep, nullptr};
      column = {"+l", "y", nullptr, ARROW_FLAG_NULLABLE, 1, inner, nullptr, keep, nullptr};
      *out = {"+s", "", nullptr, 0, 1, outer, nullptr, keep, nullptr};
      return 0;
    };
    const bool taken = spie_prepared_evaluate_table(&answer, asked.prepared.get(), &table, &options, &error) == SPIE_OK;
    if (taken)
      answer.release(&answer);
    return taken ? std::string("taken") : std::string(error.code) + " " + error.remedy;
  };
  CHECK(ask(0, 0) == "taken");
  CHECK(ask(3, 3) == "taken");
  CHECK_THAT(ask(2, 0), Catch::StartsWith("T003") && Catch::Contains("`depth`"));
  CHECK_THAT(ask(0, 2), Catch::StartsWith("T003") && Catch::Contains("`list_size`"));
  CHECK_THAT(ask(65, 0), Catch::StartsWith("A001"));
}
