// Each limit of a load, of each kind of document, is hit: the error names the limit, the place and what to do.
#include "spie/convention/registre.hpp"
#include "spie/dmn/model.hpp"
#include "spie/feel/expression.hpp"
#include "spie/pack/pack.hpp"
#include "tests/catch.hpp"

#include <fstream>
#include <functional>
#include <string>

using namespace spie;

namespace {

std::string literal(const std::string &name, const std::string &text) {
  return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
         "\"/><literalExpression><text>" + text + "</text></literalExpression></decision>";
}

std::string model(const std::string &content) {
  return R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="M" namespace="urn:m">)" +
         content + "</definitions>";
}

std::string decisions(int count, const std::string &text = "1 + x") {
  std::string result;
  for (int i = 0; i < count; ++i)
    result += literal("d" + std::to_string(i), text);
  return result;
}

Diagnostic refusal(const std::function<void()> &load) {
  try {
    load();
  } catch (const Error &error) {
    return error.first();
  }
  return {Code::api_internal, Level::error, "nothing was refused", {}};
}

void check_refusal(const Diagnostic &found, Code code, const std::string &message, const std::string &where,
                   const std::string &limit) {
  CAPTURE(found.message, found.where, found.remedy);
  CHECK(found.code == code);
  CHECK(found.message.find(message) != std::string::npos);
  CHECK(found.where.find(where) != std::string::npos);
  CHECK(found.remedy.find(limit) != std::string::npos);
}

void check_model(const std::string &xml, const LoadLimits &limits, const std::string &message, const std::string &where,
                 const std::string &limit) {
  for (const bool lenient : {false, true}) { // what is beyond a limit is no fault of one decision
    dmn::LoadOptions options;
    options.lenient = lenient;
    options.limits = limits;
    check_refusal(refusal([&] {
                    (void)dmn::Model::load({{"m.dmn", xml}}, options);
                  }),
                  Code::dmn_xml, message, where, limit);
  }
}

Pack::Files pack_files(const std::string &content, const std::string &data = "{\"donnees\": {}}") {
  return {{"pack.json", R"({"id": "p", "version": "1.0.0", "titre": "P", "autorite": "A",
                           "periode": {"debut": "2022-01-01"}, "modeles": ["m.dmn"]})"},
          {"m.dmn", model(content)},
          {"donnees/autres.json", data}};
}

Diagnostic pack_refusal(const Pack::Files &files, const LoadLimits &limits) {
  return refusal([&] { (void)Pack::from_files(files, {}, limits); });
}

} // namespace

TEST_CASE("a model within its limits loads") {
  dmn::LoadOptions options;
  options.limits = {.depth = 4, .steps = 100, .list_size = 2, .bytes = 1'000, .time = std::chrono::hours(1)};
  CHECK(dmn::Model::load({{"m.dmn", model(literal("d", "1 + 2"))}}, options)->decisions().size() == 1);
}

TEST_CASE("each limit of the load of a model refuses it") {
  const std::string one = model(literal("d", "1 + 2"));
  check_model(one, {.depth = 3}, "more than 3 levels deep", "m.dmn:1", "`depth`");
  check_model(one, {.steps = 3}, "more than 3 steps", "m.dmn:1", "`steps`");
  check_model(one, {.bytes = 50}, "more than 50 bytes", "m.dmn", "`bytes`");
  check_model(model(decisions(3)), {.list_size = 2}, "more than 2 elements", "m.dmn", "`list_size`");
}

TEST_CASE("the steps of a load are those of expressions too") {
  // Five elements, then thousands of nodes: the place is in the text.
  std::string sum = "x";
  for (int i = 0; i < 500; ++i)
    sum += " + x";
  check_model(model(literal("d", sum)), {.steps = 300}, "more than 300 steps", "decision 'd', 1:", "`steps`");
  // What is folded at the load counts as what it evaluates: texts that are put together again and again.
  std::string joined = "\"\"";
  for (int i = 0; i < 60; ++i)
    joined += " + \"" + std::string(1'000, 'a') + "\"";
  check_model(model(literal("d", joined)), {.steps = 20'000}, "more than 20000 steps", "decision 'd'", "`steps`");
}

TEST_CASE("the load of a model ends when its time is over") {
  // A thousand times what a thousandth of a second allows.
  check_model(model(decisions(5'000)), {.time = std::chrono::milliseconds(1)}, "more than 1 ms", "m.dmn",
              "`milliseconds`");
}

TEST_CASE("a depth above that which the stack bears, or a limit below 0, is a wrong argument") {
  dmn::LoadOptions options;
  options.limits.depth = 201;
  check_refusal(refusal([&] {
                  (void)dmn::Model::load({{"m.dmn", model({})}}, options);
                }),
                Code::api_argument, "to a depth of 200 at most, not 201", "limits.depth", "smaller depth");
  options.limits.depth = 200;
  CHECK_NOTHROW(dmn::Model::load({{"m.dmn", model(literal("d", "1"))}}, options));
  options.limits.steps = -1;
  check_refusal(refusal([&] {
                  (void)dmn::Model::load({{"m.dmn", model({})}}, options);
                }),
                Code::api_argument, "negative", "limits.steps", "");
}

TEST_CASE("each limit of a FEEL text refuses it, with its place") {
  const auto found = [](const std::string &text, const LoadLimits &limits, bool cell = false) {
    return refusal([&] {
      feel::CompileOptions options;
      options.element = "e";
      options.limits = limits;
      const feel::Scope scope;
      if (cell)
        (void)feel::Expression::compile_unary_tests(text, scope, {}, options);
      else
        (void)feel::Expression::compile(text, scope, options);
    });
  };
  CHECK(found("((1))", {.depth = 2, .steps = 5, .bytes = 5, .time = std::chrono::hours(1)}).code == Code::api_internal);
  check_refusal(found("(((1)))", {.depth = 2}), Code::feel_limit, "more than 2 levels deep", "e, 1:", "`depth`");
  check_refusal(found("1 + 2", {.bytes = 4}), Code::feel_limit, "longer than 4 bytes", "e", "`bytes`");
  check_refusal(found("1 + 2 + 3 + 4", {.steps = 3}), Code::feel_limit, "more than 3 steps", "e, 1:", "`steps`");
  // What is computed when a text is read counts.
  check_refusal(found("[sum(range(\"[1..9]\")), split(\"" + std::string(3'000, 'a') + "\", \"\"), 1]", {.steps = 9}),
                Code::feel_limit, "more than 9 steps", "e, 1:", "`steps`");
  check_refusal(found("[1..5], (((2)))", {.depth = 2}, true), Code::feel_limit, "more than 2 levels deep",
                "e, 1:", "`depth`");
  std::string sum = "\"\"";
  for (int i = 0; i < 4'000; ++i)
    sum += ", \"" + std::string(10, 'a') + "\" + \"b\"";
  check_refusal(found("[" + sum + "]", {.bytes = 1U << 20U, .time = std::chrono::milliseconds(1)}), Code::feel_limit,
                "more than 1 ms", "e, 1:", "`milliseconds`");
  // The usual length may be raised, the usual depth may not: it is what the stack bears.
  const std::string longer = '"' + std::string(70'000, 'a') + '"';
  check_refusal(found(longer, {}), Code::feel_limit, "longer than 65536 bytes", "e", "`bytes`");
  CHECK(found(longer, {.bytes = 80'000}).code == Code::api_internal);
  check_refusal(found("1", {.depth = 201}), Code::api_argument, "200 at most, not 201", "limits.depth", "");
}

TEST_CASE("each limit of the load of a pack refuses it, in its models and in its documents") {
  const Pack::Files good = pack_files(literal("d", "1 + 2"));
  REQUIRE_NOTHROW(Pack::from_files(good));
  REQUIRE_NOTHROW(Pack::from_files(
      good, {}, {.depth = 4, .steps = 1'000, .list_size = 3, .bytes = 1'000, .time = std::chrono::hours(1)}));
  check_refusal(pack_refusal(good, {.depth = 3}), Code::dmn_xml, "more than 3 levels deep", "m.dmn:1", "`depth`");
  check_refusal(pack_refusal(pack_files(literal("d", "1"), "[[[[[]]]]]"), {.depth = 4}), Code::pack_json,
                "nested deeper than 4 levels", "donnees/autres.json", "`depth`");
  check_refusal(pack_refusal(good, {.list_size = 2}), Code::pack_file, "more than 2 files", "pack.json", "`list_size`");
  check_refusal(pack_refusal(good, {.bytes = 50}), Code::pack_json, "more than 50", "pack.json", "`bytes`");
  check_refusal(pack_refusal(good, {.steps = 2}), Code::pack_json, "more than 2 steps", "", "`steps`");
  check_refusal(pack_refusal(pack_files(decisions(30, "1 + 2")), {.steps = 100}), Code::dmn_xml, "more than 100 steps",
                "m.dmn", "`steps`");
  std::string many;
  for (int i = 0; i < 5'000; ++i)
    many += literal("d" + std::to_string(i), "1 + 2");
  const Diagnostic late = pack_refusal(pack_files(many), {.time = std::chrono::milliseconds(1)});
  CHECK(late.message.find("more than 1 ms") != std::string::npos); // in a document, or in the model
  CHECK(late.remedy.find("`milliseconds`") != std::string::npos);
}

TEST_CASE("the limits of a folder hold for its files, and for the pack that it extends") {
  const std::string folder = std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023";
  PackOptions options;
  options.limits.bytes = 100;
  check_refusal(refusal([&] { (void)Pack::load(folder, options); }), Code::pack_file, "more than 100 bytes",
                "pack.json", "`bytes`");
  options.limits = {.steps = 1'000};
  check_refusal(refusal([&] { (void)Pack::load(folder, options); }), Code::pack_json, "more than 1000 steps", "",
                "`steps`");
}

TEST_CASE("each limit of the reading of a ledger refuses it") {
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  const std::string csv = "date;montant;libelle\n2022-01-01;1;a\n2022-01-02;2;b\n2022-01-03;3;c\n";
  const auto found = [](const std::string &text, const LoadLimits &limits) {
    return refusal([&] {
      convention::ReadOptions options;
      options.limits = limits;
      (void)convention::read_versements(text, "v.csv", options);
    });
  };
  REQUIRE_NOTHROW(convention::read_versements(csv, "v.csv", {}));
  check_refusal(found(csv, {.bytes = 20}), Code::ledger_row, "dépasse 20 octets", "v.csv", "« bytes »");
  check_refusal(found(csv, {.list_size = 2}), Code::ledger_row, "plus de 2 lignes", "v.csv", "« list_size »");
  check_refusal(found(csv, {.steps = 7}), Code::ledger_row, "plus de 7 pas", "v.csv", "« steps »");
  std::string many = "date;montant;libelle\n";
  for (int i = 0; i < 20'000; ++i)
    many += "2022-01-01;1;a\n";
  check_refusal(found(many, {.time = std::chrono::milliseconds(1)}), Code::ledger_row, "plus de 1 ms", "v.csv",
                "« milliseconds »");
  const std::string json = R"([{"date": "2022-01-01", "montant": 1, "libelle": "a"}])";
  REQUIRE_NOTHROW(convention::read_versements(json, "v.json", {}));
  CHECK(found(json, {.depth = 1}).code == Code::json_limit);
  check_refusal(found(json, {.depth = 9}), Code::api_argument, "depth of 8 at most", "limits.depth", "");
}
