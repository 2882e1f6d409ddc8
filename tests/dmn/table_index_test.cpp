// The index of a table and its cells say the same: a trace is made rule by rule, so that a row with a trace is judged
// by the plain scan, and one without by the index.
#include "models.hpp"

#include "rules/dmn/table_index.hpp"
#include "rules/feel/compiler.hpp"
#include "spie/json.hpp"

#include <memory>
#include <random>

using namespace spie;
using feel::Value;

namespace {

class Drawing {
public:
  explicit Drawing(std::uint32_t seed) : random_(seed) {}
  std::size_t below(std::size_t count) { return random_() % count; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class T> const T &of(const std::vector<T> &items) { return items[below(items.size())]; }
  std::string number() { // some with decimals, some beyond what a unit counts
    if (one_in(20))
      return of<std::string>({"123456789012345678901234", "0.000000000001", "-9223372036854775808", "7.0"});
    return std::to_string(static_cast<int>(below(40)) - 10) + (one_in(3) ? "." + std::to_string(below(10)) : "");
  }
  std::string text() { return "\"t" + std::to_string(below(12)) + "\""; }
  std::string date() { return "@\"2022-0" + std::to_string(1 + below(9)) + "-1" + std::to_string(below(10)) + "\""; }

  std::string interval(const std::string &low, const std::string &high) {
    return of<std::string>({"[", "(", "]"}) + low + ".." + high + of<std::string>({"]", ")", "["});
  }
  template <class Draw> std::string ordered(Draw draw) {
    switch (below(6)) {
    case 0:
      return (this->*draw)();
    case 1:
      return of<std::string>({"< ", "<= ", "> ", ">= "}) + (this->*draw)();
    case 2:
      return (this->*draw)() + ", " + of<std::string>({"< ", ">= "}) + (this->*draw)();
    case 3:
      return "not(" + (this->*draw)() + ", > " + (this->*draw)() + ")";
    default:
      return interval((this->*draw)(), (this->*draw)());
    }
  }
  // A cell of the column: mostly of its kind and constant.
  std::string cell(std::size_t column) {
    if (one_in(4))
      return "-";
    if (one_in(12)) // left to its tree: a variable, an error, a null, another kind
      return of<std::string>({"< seuil", "? > 1 / 0", "null", "not(null)", "seuil > 3", "\"t1\", 3", "[1, 5]", "!= 5",
                              "? = 1 or ? = \"t1\""});
    switch (column) {
    case 0:
      return ordered(&Drawing::number);
    case 1:
      return one_in(4) ? "not(" + text() + ")" : one_in(3) ? text() + ", " + text() : text();
    case 2:
      return ordered(&Drawing::date);
    default:
      return of<std::string>({"true", "false", "not(true)"});
    }
  }
  Value value(std::size_t column) {
    if (one_in(10))
      return Value();
    if (one_in(15)) // of another kind
      column = below(4);
    switch (column) {
    case 0:
      return *feel::Number::parse(number());
    case 1:
      return "t" + std::to_string(below(14));
    case 2: {
      const std::string literal = date();
      return *feel::Date::parse(literal.substr(2, 10));
    }
    default:
      return one_in(2);
    }
  }

private:
  std::mt19937 random_;
};

const std::vector<std::string> names{"a", "b", "c", "d", "seuil"};
const std::vector<std::string> policies{"UNIQUE",        "FIRST",        "ANY",        "PRIORITY",
                                        "RULE ORDER",    "OUTPUT ORDER", "COLLECT",    "COLLECT SUM",
                                        "COLLECT COUNT", "COLLECT MIN",  "COLLECT MAX"};

std::string table(Drawing &draw, const std::string &policy, std::size_t rules) {
  const bool aggregates = policy.size() > 8 && policy.starts_with("COLLECT");
  const std::size_t outputs = aggregates || draw.one_in(2) ? 1 : 2;
  const bool ranked = policy == "PRIORITY" || policy == "OUTPUT ORDER";
  std::string text = "<decisionTable hitPolicy=\"" + (aggregates ? "COLLECT" : policy) + "\"" +
                     (aggregates ? " aggregation=\"" + policy.substr(8) + "\"" : "") + ">\n";
  for (std::size_t i = 0; i < 4; ++i) // one of them an expression
    text += "<input><inputExpression><text>" + std::string(i == 0 && draw.one_in(3) ? "a + 0" : names[i]) +
            "</text></inputExpression>" +
            (i == 1 && draw.one_in(3) ? "<inputValues><text>\"t0\",\"t1\",\"t2\",\"t3\"</text></inputValues>" : "") +
            "</input>\n";
  for (std::size_t i = 0; i < outputs; ++i)
    text += "<output name=\"o" + std::to_string(i) + "\"" + (draw.one_in(2) ? " typeRef=\"number\"" : "") + ">" +
            (ranked ? "<outputValues><text>3, 1, 2</text></outputValues>" : "") +
            (draw.one_in(2) ? "<defaultOutputEntry><text>1</text></defaultOutputEntry>" : "") + "</output>\n";
  for (std::size_t r = 0; r < rules; ++r) {
    text += "<rule>";
    for (std::size_t i = 0; i < 4; ++i)
      text += "<inputEntry><text>" + models::escaped(draw.cell(i)) + "</text></inputEntry>";
    for (std::size_t i = 0; i < outputs; ++i)
      text += "<outputEntry><text>" +
              (draw.one_in(10) ? draw.of<std::string>({"a", "seuil + 1", "null", "1 / 0", "\"x\"", "9"})
                               : std::to_string(1 + draw.below(3))) +
              "</text></outputEntry>";
    text += "</rule>\n";
  }
  return text + "</decisionTable>\n";
}

std::string said(const dmn::Result &result) {
  std::string text = result.value.to_string() + " " + std::string(dmn::text(result.status));
  for (const Diagnostic &error : result.errors)
    text += "\n" + to_string(error);
  for (const std::string &path : result.missing)
    text += "\nmissing " + path;
  for (const std::string &path : result.refused)
    text += "\nrefused " + path;
  return text;
}

// What a trace tells of its table.
std::string told(const dmn::Result &result) {
  const dmn::TableTrace &table = result.trace.decisions.at(0).tables.at(0);
  std::string text = table.hit_policy + (table.default_output ? " default " : " ") + table.value.to_string();
  for (const dmn::TableInputTrace &input : table.inputs)
    text += "\n" + input.value.to_feel();
  for (const dmn::RuleTrace &rule : table.rules) {
    text += "\n" + std::to_string(rule.number) + " " + rule.id + " " + std::string(dmn::text(rule.verdict)) +
            (rule.hit ? " hit:" : ":");
    for (const dmn::Verdict cell : rule.cells)
      text += " " + std::string(dmn::text(cell));
  }
  return text;
}

// The same table, whose columns are no variables: a trace of it is made by the scan of its rules.
std::string without_variables(std::string logic) {
  for (const std::string &name : names) {
    const std::string end = "</text></inputExpression>", column = "<text>" + name + end;
    if (const std::size_t at = logic.find(column); at != std::string::npos)
      logic.replace(at, column.size(), "<text>{v: " + name + "}.v" + end);
  }
  return logic;
}

void compare(Drawing &draw, const std::string &policy, std::size_t rules, std::size_t rows) {
  std::string elements;
  std::vector<std::string> needs;
  for (const std::string &name : names) {
    elements += models::input(name);
    needs.push_back("i_" + name);
  }
  const std::string logic = table(draw, policy, rules);
  const auto of = [&](const std::string &written) {
    return dmn::Model::load({{"t.dmn", models::document(elements + models::decision("t", needs, written))}});
  };
  const auto model = of(logic), scanned = of(without_variables(logic));
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<dmn::Given> given;
    std::string shown;
    for (std::size_t i = 0; i < 5; ++i) {
      Value value = draw.value(i == 4 ? 0 : i);
      shown += names[i] + ": " + value.to_feel() + " ";
      if (!value.is_null() || draw.one_in(2))
        given.push_back({names[i], std::move(value)});
    }
    for (const bool unknown : {false, true}) {
      dmn::EvaluateOptions plain;
      plain.facts_may_be_unknown = unknown;
      dmn::EvaluateOptions traced = plain;
      traced.trace = true;
      const dmn::Result watched = model->evaluate("t", given, traced), by_scan = scanned->evaluate("t", given, traced);
      INFO(policy << (unknown ? ", facts may be unknown" : "") << "\n" << shown << "\n" << logic); // ready to be kept
      const std::string by_index = said(model->evaluate("t", given, plain));
      if (by_index != said(watched) || watched.value.to_string() != by_scan.value.to_string() ||
          watched.status != by_scan.status || told(watched) != told(by_scan)) {
        CHECK(by_index == said(watched));
        CHECK(by_index == said(by_scan));
        CHECK(told(watched) == told(by_scan));
        return;
      }
    }
  }
  SUCCEED();
}

} // namespace

TEST_CASE("an indexed table answers as the plain scan of its rules", "[dmn][table]") {
  for (std::uint32_t seed = 0; seed < 8; ++seed)
    for (const std::string &policy : policies) {
      Drawing draw(seed * 100 + static_cast<std::uint32_t>(policy.size()));
      compare(draw, policy, 1 + draw.below(seed < 4 ? 12 : 150), 25);
    }
}

TEST_CASE("an indexed table of thousands of rules answers as their plain scan", "[dmn][table][slow]") {
  for (const std::string policy : {"FIRST", "UNIQUE", "COLLECT SUM"}) {
    Drawing draw(7);
    compare(draw, policy, 3'000, 40);
  }
}

TEST_CASE("a column index leaves out no rule whose cell holds, and when it is exact holds no other", "[dmn][table]") {
  const feel::Scope scope;
  for (const std::size_t rules : {3u, 64u, 65u, 9'000u}) // the last has more points and texts than rows
    for (std::size_t column = 0; column < 4; ++column) {
      Drawing draw(static_cast<std::uint32_t>(rules + column));
      std::vector<std::unique_ptr<dmn::QuickCell>> cells;
      std::vector<const dmn::QuickCell *> read;
      dmn::RuleBits any((rules + 63) / 64, 0);
      for (std::size_t rule = 0; rule < rules; ++rule) {
        const bool many = rules > 1'000;
        const std::string wide = std::to_string(draw.below(20'000));
        const std::string text = many && column == 1   ? "\"" + wide + "\""
                                 : many && column == 0 ? "[" + wide + ".." + std::to_string(draw.below(20'000)) + ")"
                                                       : draw.cell(column);
        if (text == "-")
          any[rule / 64] |= std::uint64_t{1} << (rule % 64);
        feel::Compiler compiler(scope, {});
        const std::uint32_t slot = compiler.reserve();
        std::string checked = text; // cells over `seuil` need a scope of their own
        if (text.find("seuil") != std::string::npos)
          checked = "null";
        const feel::NodePtr node = compiler.unary_tests(checked, {}, slot, "cell");
        cells.push_back(std::make_unique<dmn::QuickCell>(*node, slot));
        read.push_back(cells.back().get());
      }
      const dmn::ColumnIndex index(read, any);
      CHECK(index.exact() == !(rules == 9'000 && column < 2));
      for (int i = 0; i < 60; ++i) {
        Value value = draw.value(column);
        if (rules == 9'000 && column < 2 && draw.one_in(2))
          value = column == 0 ? Value(static_cast<std::int64_t>(draw.below(20'000)))
                              : Value(std::to_string(draw.below(20'000)));
        const std::uint64_t *found = index.find(value);
        if (found == nullptr)
          continue;
        std::size_t wrong = 0;
        for (std::size_t rule = 0; rule < rules; ++rule) {
          const bool in = ((found[rule / 64] >> (rule % 64)) & 1) != 0;
          const bool open = ((index.open()[rule / 64] >> (rule % 64)) & 1) != 0;
          const bool anything = ((any[rule / 64] >> (rule % 64)) & 1) != 0;
          const bool holds = open || anything || read[rule]->test(value).value();
          wrong += index.exact() ? in != holds : holds && !in;
        }
        INFO(rules << " rules, column " << column << ", " << value.to_feel());
        CHECK(wrong == 0);
      }
    }
}

TEST_CASE("a long text that an index reads takes steps", "[dmn][index]") {
  using namespace models;
  std::vector<std::vector<std::string>> rules;
  for (int i = 0; i < 40; ++i)
    rules.push_back({"\"t" + std::to_string(i) + "\"", i % 2 == 0 ? "\"pair\"" : "upper case(mot)"});
  const auto model =
      load(input("mot", "string") + decision("d", {"i_mot"}, table("hitPolicy=\"FIRST\"", {{"mot"}}, {{"x"}}, rules)));
  dmn::EvaluateOptions few;
  few.limits.steps = 100;
  const auto asked = [&](const std::string &text, bool trace) {
    few.trace = trace;
    return model->evaluate("d", std::vector<dmn::Given>{{"mot", text, {}}}, few);
  };
  for (const bool trace : {false, true}) {
    INFO(trace);
    CHECK(asked("t4", trace).value.text() == "pair");
    CHECK(asked("t5", trace).value.text() == "T5");
    const dmn::Result result = asked(std::string(64'000, 'x'), trace);
    REQUIRE_FALSE(result.errors.empty());
    CHECK(text(result.errors.front().code) == "F008");
  }
}
