// What is given as Arrow is checked before it is read: what the interface lets one check.
#include "tests/dmn/models.hpp"
#include "tests/table/arrays.hpp"

#include "spie/dmn/decision.hpp"

#include <functional>

using namespace models;
namespace a = arrays;
namespace t = spie::table;

namespace {

// The refusal of a table of one column `x`, of the schema or later of its batch.
std::string refusal(a::Column column) {
  static const auto decision =
      dmn::Model::load({{"test.dmn", document(input("x") + models::decision("r", {"i_x"}, literal("x")))}})
          ->decision("r");
  a::Column batch = a::structure("", {std::move(column)});
  a::Stream stream(std::move(batch));
  ArrowArrayStream answer{};
  try {
    t::evaluate(answer, decision, stream.give());
  } catch (const Error &error) {
    CHECK(stream.released == 1);
    return to_string(error.first());
  }
  std::string said = a::read(answer).error;
  CHECK(stream.released == 1);
  return said;
}

bool says(const std::string &refusal, const std::string &what) {
  INFO(refusal);
  CHECK(refusal.starts_with("T003"));
  const bool found = refusal.find(what) != std::string::npos;
  CHECK(found);
  return found;
}

} // namespace

TEST_CASE("offsets, lengths and indices that are none are refused", "[table]") {
  a::Column texts = a::texts("x", {"un", "deux"});
  CHECK(refusal(texts).empty());
  SECTION("offsets that decrease") {
    texts.array.buffers[1] = t::buffer_of(std::vector<std::int32_t>{0, 5, 2});
    says(refusal(texts), "offsets that decrease");
  }
  SECTION("a negative offset") {
    texts.array.buffers[1] = t::buffer_of(std::vector<std::int32_t>{-1, 2, 6});
    says(refusal(texts), "are negative");
  }
  SECTION("a negative length") {
    texts.array.length = -2;
    says(refusal(texts), "a length or an offset that is none");
  }
  SECTION("a length that overflows") {
    texts.array.offset = INT64_MAX;
    says(refusal(texts), "a length or an offset that is none");
  }
  SECTION("a buffer that is missing") {
    texts.array.buffers[1] = {};
    says(refusal(texts), "lacks a buffer");
  }
  SECTION("the texts missing") {
    texts.array.buffers[2] = {};
    says(refusal(texts), "lacks the buffer of its texts");
  }
  SECTION("too few buffers") {
    texts.array.buffers.pop_back();
    says(refusal(texts), "has 2 buffers");
  }
  SECTION("nulls that are nowhere") {
    texts.array.buffers[0] = {};
    texts.array.null_count = 1;
    says(refusal(texts), "has nulls and says not where");
  }
}

TEST_CASE("a column of nulls has no buffer, or an empty one", "[table]") {
  a::Column nulls{a::schema("x", "n"), {}};
  nulls.array.length = 3;
  nulls.array.null_count = 3;
  CHECK(refusal(nulls).empty());
  nulls.array.buffers = {t::Buffer()}; // as Polars gives it
  CHECK(refusal(nulls).empty());
  nulls.array.buffers = {t::Buffer(), t::Buffer()};
  says(refusal(nulls), "has 2 buffers");
}

TEST_CASE("metadata whose lengths are negative are refused", "[table]") {
  a::Column column = a::plain<std::int32_t>("x", "i", {1});
  const std::int32_t numbers[]{1, -5};
  column.schema.metadata.emplace(reinterpret_cast<const char *>(numbers), sizeof numbers);
  says(refusal(column), "a length that is none");
}

TEST_CASE("a column shorter than its table is refused", "[table]") {
  a::Column batch = a::structure("", {a::plain<std::int32_t>("x", "i", {1, 2})});
  batch.array.length = 3;
  a::Stream stream(batch);
  const auto decision =
      dmn::Model::load({{"test.dmn", document(input("x") + models::decision("r", {"i_x"}, literal("x")))}})
          ->decision("r");
  ArrowArrayStream answer{};
  t::evaluate(answer, decision, stream.give());
  says(a::read(answer).error, "shorter than itself");
}

TEST_CASE("indices beyond their dictionary are refused, but under a null", "[table]") {
  says(refusal(a::dictionary("x", {0, 2}, a::texts("", {"a", "b"}))), "indices that its dictionary does not have");
  says(refusal(a::dictionary("x", {0, -1}, a::texts("", {"a", "b"}))), "indices that its dictionary does not have");
  a::Column under_null = a::dictionary("x", {0, {}}, a::texts("", {"a"}));
  under_null.array.buffers[1] = t::buffer_of(std::vector<std::int32_t>{0, 99});
  CHECK(refusal(under_null).empty());
  a::Column lacking = a::dictionary("x", {0}, a::texts("", {"a"}));
  lacking.array.dictionary.clear();
  says(refusal(lacking), "lacks its dictionary");
  a::Column by_text = a::texts("x", {"a"});
  by_text.schema.dictionary.push_back(a::schema("", "u"));
  says(refusal(by_text), "are no integers");
}

TEST_CASE("lists beyond their items, and runs that are none, are refused", "[table]") {
  a::Column items = a::plain<std::int32_t>("item", "i", {1, 2, 3});
  a::Column list{a::schema("x", "+l"), {}};
  list.array.length = 1;
  list.schema.children = {items.schema};
  list.array.children = {items.array};
  list.array.buffers = {t::Buffer(), t::buffer_of(std::vector<std::int32_t>{0, 4})};
  says(refusal(list), "offsets beyond its items");

  a::Column view = list;
  view.schema.format = "+vl";
  view.array.buffers = {t::Buffer(), t::buffer_of(std::vector<std::int32_t>{2}),
                        t::buffer_of(std::vector<std::int32_t>{2})};
  says(refusal(view), "items beyond its items");

  a::Column fixed = list;
  fixed.schema.format = "+w:4";
  fixed.array.buffers = {t::Buffer()};
  says(refusal(fixed), "fewer items");

  a::Column runs{a::schema("x", "+r"), {}};
  runs.array.length = 4;
  a::Column ends = a::plain<std::int32_t>("run_ends", "i", {3, 2});
  runs.schema.children = {ends.schema, items.schema};
  runs.array.children = {ends.array, items.array};
  says(refusal(runs), "do not follow one another");
}

TEST_CASE("views beyond their buffers are refused", "[table]") {
  struct View {
    std::int32_t length;
    char start[4];
    std::int32_t buffer, begin;
  };
  const auto column = [](View view) {
    const std::string held = "un texte assez long";
    a::Column made{a::schema("x", "vu"), {}};
    made.array.length = 1;
    made.array.buffers = {t::Buffer(), t::buffer_of(std::vector<View>{view}),
                          t::buffer_of(std::vector<char>(held.begin(), held.end())),
                          t::buffer_of(std::vector<std::int64_t>{static_cast<std::int64_t>(held.size())})};
    return made;
  };
  CHECK(refusal(column({19, {'u', 'n', ' ', 't'}, 0, 0})).empty());
  says(refusal(column({19, {'u', 'n', ' ', 't'}, 0, 1})), "beyond its buffers");
  says(refusal(column({19, {'u', 'n', ' ', 't'}, 1, 0})), "beyond its buffers");
  says(refusal(column({-1, {}, 0, 0})), "negative length");
}

TEST_CASE("schemas that are none, or too deep, are refused", "[table]") {
  a::Column column = a::plain<std::int32_t>("x", "i", {1});
  for (const char *format : {"d:0,2", "d:10", "d:10,2,99", "d:a,b", "ttx", "tsu:Nulle/Part", "tsx:", "+w:-1", "+w:x"}) {
    column.schema.format = format;
    says(refusal(column), "is not one of Arrow's");
  }
  a::Column list = a::plain<std::int32_t>("x", "+l", {1});
  says(refusal(list), "has 0 parts");

  a::SchemaData deep = a::schema("x", "i");
  for (int i = 0; i < 80; ++i) {
    a::SchemaData around = a::schema("x", "+l");
    around.children.push_back(std::move(deep));
    deep = std::move(around);
  }
  column.schema = std::move(deep);
  says(refusal(column), "more than 64 levels deep");
}

TEST_CASE("lists that share their items do not unfold without end", "[table]") {
  // Eight levels of views of one thousand items, each the same thousand: 10^24 values in a few kilobytes.
  a::Column held = a::plain<std::int8_t>("item", "c", std::vector<std::optional<std::int8_t>>(1'000, 1));
  for (int level = 0; level < 8; ++level) {
    a::Column list{a::schema("item", "+vl"), {}};
    list.array.length = 1'000;
    list.schema.children = {held.schema};
    list.array.children = {held.array};
    list.array.buffers = {t::Buffer(), t::buffer_of(std::vector<std::int32_t>(1'000, 0)),
                          t::buffer_of(std::vector<std::int32_t>(1'000, 1'000))};
    held = std::move(list);
  }
  held.schema.name = "x";
  a::Column batch = a::structure("", {std::move(held)});
  batch.array.length = 1;
  a::Stream stream(std::move(batch));
  const auto decision =
      dmn::Model::load({{"test.dmn", document(input("x") + models::decision("r", {"i_x"}, literal("count(x)")))}})
          ->decision("r");
  ArrowArrayStream answer{};
  t::Options options;
  options.motif = true;
  t::evaluate(answer, decision, stream.give(), options);
  const a::Read read = a::read(answer);
  REQUIRE(read.rows.size() == 1);
  CHECK(read.at(0, "motif").text() == "T006");
}
