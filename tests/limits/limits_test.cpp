// What is meant to exhaust the library ends in an error, within stated limits of time, depth and memory. Texts, models
// and files come from outside: the tests hold the limits of the documents (docs/feel.md, docs/c-abi.md), those of
// modules beside their code, the others here.
#include "spie/dmn/model.hpp"
#include "spie/dmn/row.hpp"
#include "spie/feel/expression.hpp"
#include "spie/json.hpp"
#include "spie/pack/pack.hpp"
#include "tests/catch.hpp"

#include <array>
#include <pthread.h>
#include <string>

using namespace spie;

namespace {

// AddressSanitizer's frames are several times wider, in what an evaluation does not count too.
constexpr std::size_t small_stack =
#if defined(__SANITIZE_ADDRESS__)
    8u << 20;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    8u << 20;
#else
    3u << 19;
#endif
#else
    3u << 19;
#endif

std::string repeated(std::string_view text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i)
    result += text;
  return result;
}

feel::Value evaluate(const std::string &text, feel::Limits limits = {}) {
  feel::CompileOptions options;
  options.types = false;
  const auto expression = feel::Expression::compile(text, feel::Scope(), options);
  feel::Evaluation evaluation;
  evaluation.limits = limits;
  return expression.evaluate(evaluation);
}

// The codes of a text that is refused or of the errors of its value.
std::string code_of(const std::string &feel_text, feel::Limits limits = {}) {
  try {
    const feel::Value value = evaluate(feel_text, limits);
    feel::Cause cause;
    feel::collect_causes(value, cause);
    return cause.errors.empty() ? "no error" : std::string(text(cause.errors.front().code));
  } catch (const Error &error) {
    return std::string(text(error.first().code));
  }
}

std::string code_of_json(const std::string &json_text) {
  try {
    (void)read_json(json_text);
    return "no error";
  } catch (const Error &error) {
    return std::string(text(error.first().code));
  }
}

std::string model(const std::string &content, const std::string &before = {}) {
  return before +
         R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="M" namespace="urn:m">)" +
         content + "</definitions>";
}

std::string decision(const std::string &name, const std::string &feel_text, const std::string &requirements = {}) {
  return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>" + requirements +
         "<literalExpression><text>" + feel_text + "</text></literalExpression></decision>";
}

std::string requires_decision(const std::string &name) {
  return "<informationRequirement><requiredDecision href=\"#" + name + "\"/></informationRequirement>";
}

// The code that a model is refused with.
std::string refusal(const std::string &xml) {
  try {
    (void)dmn::Model::load({{"m.dmn", xml}});
    return "no error";
  } catch (const Error &error) {
    return std::string(text(error.first().code));
  }
}

constexpr std::array<std::array<const char *, 3>, 10> nested_forms{{{"(", "1", ")"},
                                                                    {"[", "1", "]"},
                                                                    {"{a: ", "1", "}"},
                                                                    {"-", "1", ""},
                                                                    {"if true then ", "1", " else 0"},
                                                                    {"not(", "true", ")"},
                                                                    {"function(x) ", "1", ""},
                                                                    {"1 + (", "1", ")"},
                                                                    {"for i in 1..1 return ", "1", ""},
                                                                    {"some i in 1..1 satisfies ", "true", ""}}};

} // namespace

TEST_CASE("FEEL texts nested too deeply are refused") {
  for (const auto &[opening, middle, closing] : nested_forms) {
    CAPTURE(opening);
    for (const int depth : {300, 3'000})
      CHECK(code_of(repeated(opening, depth) + middle + repeated(closing, depth)) == "F008");
    for (const int depth : {20, 200})
      CHECK(code_of(repeated(opening, depth) + middle + repeated(closing, depth)) == "no error");
    CHECK(code_of(repeated(opening, 201) + middle + repeated(closing, 201)) == "F008");
  }
}

// What is read at all is read on a thread of one megabyte, whatever it nests.
TEST_CASE("reading a text keeps to a megabyte of stack") {
  struct Work {
    std::string text;
    std::string code;
  };
  for (const auto &[opening, middle, closing] : nested_forms) {
    CAPTURE(opening);
    Work work{repeated(opening, 200) + middle + repeated(closing, 200), {}};
    pthread_attr_t attributes;
    REQUIRE(pthread_attr_init(&attributes) == 0);
    REQUIRE(pthread_attr_setstacksize(&attributes, small_stack - (512u << 10)) == 0);
    pthread_t thread{};
    const auto run = [](void *given) -> void * {
      auto &one = *static_cast<Work *>(given);
      try {
        (void)feel::Expression::compile(one.text, feel::Scope());
        one.code = "no error";
      } catch (const Error &error) {
        one.code = text(error.first().code);
      }
      return nullptr;
    };
    REQUIRE(pthread_create(&thread, &attributes, run, &work) == 0);
    REQUIRE(pthread_join(thread, nullptr) == 0);
    CHECK(work.code == "no error");
  }
}

TEST_CASE("a chain of operators is refused when it is too long, and evaluated up to there") {
  // Variables, so that nothing is folded; 64 KiB hold chains of twenty thousand.
  for (const auto &[link, value] : {std::pair<const char *, feel::Value>{"+x", 0},
                                    {"-x", 0},
                                    {"*x", 0},
                                    {"/x", 1},
                                    {" and x", true},
                                    {" or x", false}}) {
    CAPTURE(link);
    const auto code = [&, link = std::string(link), value = value](int count) {
      try {
        feel::Scope scope;
        scope.add_variable("x", feel::Type(), 0);
        const auto expression = feel::Expression::compile("x" + repeated(link, count), scope, {});
        feel::Evaluation evaluation;
        const std::vector<feel::Value> globals{value};
        evaluation.globals = globals;
        feel::Cause cause;
        feel::collect_causes(expression.evaluate(evaluation), cause);
        return cause.errors.empty() ? std::string("no error") : std::string(text(cause.errors.front().code));
      } catch (const Error &error) {
        return std::string(text(error.first().code));
      }
    };
    CHECK(code(500) == "no error");
    CHECK(code(2'001) == "F008");
    CHECK(code(9'000) == "F008");
  }
  CHECK(code_of("[1]" + repeated("[1]", 20'000)) == "F008");
  CHECK(code_of("{a: 1}" + repeated(".a", 20'000)) == "F008");
}

// The stack of a thread that somebody else made: half a megabyte more than an evaluation may take.
TEST_CASE("an evaluation keeps to its part of the stack") {
  std::string code;
  pthread_attr_t attributes;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, small_stack) == 0);
  pthread_t thread{};
  const auto run = [](void *result) -> void * {
    *static_cast<std::string *>(result) = code_of("for x in [1] return x" + repeated(" + x", 1'900));
    return nullptr;
  };
  REQUIRE(pthread_create(&thread, &attributes, run, &code) == 0);
  REQUIRE(pthread_join(thread, nullptr) == 0);
  CHECK((code == "no error" || code == "F008"));
}

TEST_CASE("FEEL texts that are too long are refused") {
  CHECK(code_of("\"" + std::string(70'000, 'a') + "\"") == "F008");
  CHECK(code_of("1" + repeated(" + 1", 30'000)) == "F008");
}

TEST_CASE("giant numbers are errors, not infinities") {
  CHECK(code_of("1E+6144 * 10") == "F006");
  CHECK(code_of("9 ** (9 ** 9)") == "F006");
  CHECK(code_of("10 ** 7000") == "F006");
  CHECK(code_of("exp(100000)") == "F006");
  CHECK(code_of("1E+999999999999999999999") != "no error");
  CHECK(code_of(std::string(40'000, '9')) != "no error");
  CHECK(code_of("decimal(1, 999999999999)") != "no error");
  CHECK(code_of_json(std::string(40'000, '9')) != "no error");
  CHECK(code_of_json("1E+999999999999999999999") != "no error");
  CHECK(code_of("date(999999999999, 1, 1)") != "no error");
  CHECK(code_of("@\"2022-01-01\" + @\"P999999999999999Y\"") != "no error");
}

TEST_CASE("loops and lists stop at their limits") {
  CHECK(code_of("for i in 1..1000000000000 return i") == "F008");
  CHECK(code_of("for i in 1..10000, j in 1..10000 return 1", {.steps = 100'000}) == "F008");
  CHECK(code_of("count(for i in 1..100000 return for j in 1..100000 return j)", {.steps = 1'000'000}) == "F008");
  CHECK(code_of("some i in 1..100000, j in 1..100000 satisfies i * j < 0", {.steps = 1'000'000}) == "F008");
  CHECK(code_of("for i in 1..2000 return 1", {.list_size = 1'000}) == "F008");
  CHECK(code_of("{d: function(d, l, n) if n = 0 then l else d(d, concatenate(l, l), n - 1), r: d(d, [1], 60)}.r",
                {.list_size = 100'000}) == "F008");
  CHECK(code_of("{d: function(d, t, n) if n = 0 then t else d(d, t + t, n - 1), r: d(d, \"aaaaaaaaaa\", 60)}.r") ==
        "F008");
}

// What ran out of steps gave nulls on the way, which `=`, a quantifier or a filter take for values.
TEST_CASE("what is evaluated in part is an error, whatever the steps, and never another value") {
  for (const char *text : {
           "some x in [1..40] satisfies x = -1",
           "every x in [1..40] satisfies x != -1",
           "(some x in [1..40] satisfies x > 100) = null",
           "null = (for x in 1..40 return x)[41]",
           "count((for x in 1..40 return x)[item = -1])",
           "(for x in 1..40 return x + 1) = (for x in 1..40 return x + 2)",
           "not(some x in [1..40] satisfies x = 40)",
           "if some x in [1..40] satisfies x = -1 then \"a\" else \"b\"",
           "{a: some x in [1..40] satisfies x = -1, b: a = null}",
           "list contains(for x in [1..40] return x * 2, 81)",
           "count([null, 1, sum(for x in [1..40] return x)])",
           "(function(x) x = -1)(count(for x in 1..40 return x))",
       }) {
    INFO(text);
    const feel::Scope scope;
    const auto expression = feel::Expression::compile(text, scope);
    feel::Evaluation whole;
    const feel::Value expected = expression.evaluate(whole);
    for (std::int64_t steps = 1; steps <= whole.steps(); ++steps) {
      INFO(steps);
      feel::Evaluation part;
      part.limits.steps = steps;
      const feel::Value value = expression.evaluate(part);
      if (steps == whole.steps())
        CHECK(value.to_string() == expected.to_string());
      else
        CHECK((value.is_error() && value.cause()->errors.front().code == Code::feel_limit));
    }
  }
  const auto cell = feel::Expression::compile_unary_tests("some x in [1..40] satisfies x = -1", {},
                                                          feel::Type(feel::Type::Kind::number));
  feel::Evaluation part;
  part.limits.steps = 20;
  CHECK(cell.test(part, 1).is_error());
}

TEST_CASE("a null of a limit is no null to be told of") {
  const feel::Limits limits = {.list_size = 1'000};
  const std::string beyond = "(for i in 1..2000 return i)";
  for (const std::string &text :
       {beyond + " = null", beyond + " != null", "null = " + beyond, "[" + beyond + "] = [null]",
        "not(" + beyond + " = null)", "if " + beyond + " = null then 1 else 2", "if " + beyond + " then 1 else 2",
        beyond + " in (null)", "[1, 2][item = 1 and " + beyond + " = null]",
        std::string("{f: function(f, n) if n = 0 then 0 else f(f, n - 1), r: f(f, 1000) = null}.r")}) {
    INFO(text);
    CHECK(code_of(text, limits) == "F008");
  }
  // What is false or true without it stays so, and so does the null of an operation.
  CHECK(code_of("false and " + beyond + " = null", limits) == "no error");
  CHECK(evaluate("1 / 0 = null").is_true());
}

TEST_CASE("a decision that is evaluated in part is an error, and so is one that requires it") {
  const std::string heavy = "count(for x in [1..30] return x)";
  const auto literal = [](const std::string &name, const std::string &required, const std::string &text) {
    return "<decision name=\"" + name + "\" id=\"" + name + "\">" +
           (required.empty()
                ? ""
                : "<informationRequirement><requiredDecision href=\"#" + required + "\"/></informationRequirement>") +
           "<literalExpression><text>" + text + "</text></literalExpression></decision>";
  };
  const auto table = [&](const std::string &policy) {
    return "<decision name=\"d\" id=\"d\"><informationRequirement><requiredDecision href=\"#a\"/>"
           "</informationRequirement><decisionTable hitPolicy=\"" +
           policy +
           "\"><input><inputExpression><text>a</text></inputExpression></input><output/>"
           "<rule><inputEntry><text>some x in [1..30] satisfies x = -1</text></inputEntry><outputEntry><text>1</text>"
           "</outputEntry></rule><rule><inputEntry><text>not(null), not(count(for x in [1..30] return x))</text>"
           "</inputEntry><outputEntry><text>2</text></outputEntry></rule><rule><inputEntry><text>-</text></inputEntry>"
           "<outputEntry><text>3</text></outputEntry></rule></decisionTable></decision>";
  };
  for (const std::string &logic : {table("FIRST"), table("COLLECT"), table("RULE ORDER"), literal("d", "a", "a = null"),
                                   literal("d", "a", "[a, every x in [1..30] satisfies x != -1]"),
                                   literal("d", "a", "if a = null then 1 else if a &lt; 0 then 2 else 3"),
                                   literal("d", "a", "{b: a = null, c: b}")}) {
    INFO(logic);
    const auto model =
        dmn::Model::load({{"m.dmn", "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"m\" "
                                    "namespace=\"urn:m\">" +
                                        literal("a", "", heavy) + logic + "</definitions>"}});
    const auto expected = model->evaluate("d", {});
    const auto prepared = model->decision("d");
    bool ended = false;
    for (std::int64_t steps = 1; steps <= 400; ++steps) {
      INFO(steps);
      dmn::EvaluateOptions options;
      options.limits.steps = steps;
      for (const auto &result :
           {model->evaluate("d", {}, options), prepared->evaluate(std::vector<dmn::Given>{}, options)}) {
        ended =
            result.value.to_string() == expected.value.to_string() && result.errors.size() == expected.errors.size();
        if (!ended) {
          CHECK(result.value.is_null());
          CHECK(result.status == dmn::Status::erreur);
        }
      }
    }
    CHECK(ended);
  }
}

TEST_CASE("an input that is looked at in part is an error, neither taken nor of another type") {
  const auto model = dmn::Model::load(
      {{"m.dmn",
        ::model("<itemDefinition name=\"tCodes\" isCollection=\"true\"><typeRef>string</typeRef><allowedValues>"
                "<text>\"a\", \"b\"</text></allowedValues></itemDefinition><inputData id=\"codes\" "
                "name=\"codes\"><variable name=\"codes\" typeRef=\"tCodes\"/></inputData>" +
                decision("d", "codes[1]",
                         "<informationRequirement><requiredInput href=\"#codes\"/>"
                         "</informationRequirement>"))}});
  const auto prepared = model->decision("d");
  feel::List right(400, feel::Value("a")), wrong = right;
  wrong.back() = feel::Value("c");
  const auto answer = [&](const feel::List &codes, std::int64_t steps, bool kept) {
    dmn::EvaluateOptions options;
    options.limits.steps = steps;
    const std::vector<dmn::Given> given{{"codes", codes}};
    try {
      if (!kept)
        return model->evaluate("d", given, options);
      const auto of_limits = dmn::Row::of(prepared, options);
      of_limits->set(of_limits->find("codes").value(), codes);
      return of_limits->evaluate();
    } catch (const Error &error) {
      dmn::Result refused;
      refused.errors.push_back(error.first());
      return refused;
    }
  };
  for (const bool kept : {false, true}) {
    bool taken = false, refused = false;
    for (std::int64_t steps = 1; steps < 3'000; steps += steps < 100 ? 1 : 50) {
      INFO(steps << (kept ? " kept" : ""));
      const dmn::Result of_right = answer(right, steps, kept), of_wrong = answer(wrong, steps, kept);
      taken = of_right.errors.empty();
      if (taken)
        CHECK(of_right.value.to_string() == "a");
      else
        CHECK(of_right.errors.front().code == Code::feel_limit);
      REQUIRE(!of_wrong.errors.empty());
      refused = of_wrong.errors.front().code == Code::dmn_input_type;
      CHECK((refused || of_wrong.errors.front().code == Code::feel_limit));
    }
    CHECK(taken);
    CHECK(refused);
  }
}

TEST_CASE("contexts of many entries take time in proportion to them") {
  const std::string entries = "for i in 1..200000 return {key: string(i), value: i}";
  CHECK(code_of("count(get entries(context(" + entries + ")))") == "no error");
  CHECK(code_of("count(get entries(context merge([context(" + entries + "), context(" + entries + ")])))") ==
        "no error");
  // Each looks through all of them, which counts.
  CHECK(code_of("{c: context(" + entries + "), r: count(for i in 1..200000 return get value(c, \"\"))}.r") == "F008");
}

TEST_CASE("recursive functions end") {
  CHECK(code_of("{f: function(f, n) f(f, n + 1), r: f(f, 1)}.r") == "F008");
  CHECK(code_of("{f: function(f, n) if n < 2 then n else f(f, n - 1) + f(f, n - 2), r: f(f, 90)}.r") == "F008");
  CHECK(code_of("{f: function(f, n) [f(f, n)], r: f(f, 1)}.r") == "F008");
  CHECK(code_of("{f: function(g) g(g), r: f(f)}.r") == "F008");
  CHECK(code_of("{f: function(f, n) sort([2, 1], function(a, b) f(f, n)), r: f(f, 1)}.r") == "F008");
}

TEST_CASE("values cannot be nested until the stack ends") {
  const auto chain = [](const std::string &body, const std::string &first) {
    std::string result = "{d: function(d, l, n) if n = 0 then l else d(d, " + body + ", n - 1), r0: " + first;
    for (int i = 1; i < 20; ++i)
      result += ", r" + std::to_string(i) + ": d(d, r" + std::to_string(i - 1) + ", 240)";
    return result + "}.r19";
  };
  CHECK(code_of(chain(repeated("[", 90) + "l" + repeated("]", 90), "1")) == "F008");
  CHECK(code_of(chain(repeated("{a: ", 90) + "l" + repeated("}", 90), "1")) == "F008");
  // A function that captured the error is a value like any other.
  CHECK(code_of(chain("function(x) l", "function(x) x")) == "no error");
  CHECK(code_of(chain("[function(x) {a: l}]", "1")) == "no error");
}

TEST_CASE("values that share their parts are not unfolded without end") {
  const auto doubled = [](const std::string &use) {
    return evaluate(
        "{d: function(d, l, n) if n = 0 then l else d(d, [l, l], n - 1), v: d(d, 1, 60), w: d(d, 1, 60), r: " + use +
        "}.r");
  };
  CHECK_THROWS_AS(write_json(doubled("v"), 0, 1u << 20), Error);
  for (const char *use : {"v = w",
                          "v != w",
                          "count(v)",
                          "string(v)",
                          "flatten(v)",
                          "distinct values([v, w])",
                          "list contains([v], w)",
                          "v instance of list<list<number>>",
                          "sort([v, w], function(a, b) a < b)",
                          "sum(v)",
                          "v[1] = w[2]",
                          "{a: v} = {a: w}",
                          "index of([v, w], w)",
                          "union([v], [w])",
                          "max(v)",
                          "v in w",
                          "remove([v], w)",
                          "(function(x: list<number>) x)(v)",
                          "v.a",
                          "v[item = 1]",
                          "mode(v)",
                          "all(v)",
                          "string join(v)",
                          "is(v, w)",
                          "list replace([v], 1, w)",
                          "get value(v, \"a\")"}) {
    CAPTURE(use);
    (void)doubled(use);
  }
}

TEST_CASE("texts cannot fill the memory") {
  CHECK(code_of("{d: function(d, t, n) if n = 0 then t else d(d, replace(t, \"a\", \"$0$0$0$0$0$0$0$0\"), n - 1),"
                " r: d(d, \"aaaaaaaaaa\", 60)}.r") == "F008");
  CHECK(
      code_of("{d: function(d, t, n) if n = 0 then t else d(d, string join([t, t, t]), n - 1), r: d(d, \"abcdefghij\", "
              "14)}.r") == "F008"); // 10 bytes times 3^14
  CHECK(code_of("{d: function(d, t, n) if n = 0 then t else d(d, t + t, n - 1), t: d(d, \"aaaaaaaaaa\", 20),"
                " r: for i in 1..100000 return t + string(i)}.r") == "F008");
}

TEST_CASE("a function that reads a long text takes more than a step") {
  const std::string nines = repeated("9", 30'000);
  // A million of them would take minutes.
  CHECK(code_of("count(for i in 1..1000000 return number(\"" + nines + "\"))") == "F008");
  CHECK(code_of("count(for i in 1..1000000 return contains(\"" + nines + "\", \"8\" + string(i)))") == "F008");
  CHECK(code_of("count(for i in 1..100 return contains(\"" + nines + "\", \"8\" + string(i)))") == "no error");
}

TEST_CASE("catastrophic regular expressions end") {
  const std::string subject = std::string(60, 'a') + "!";
  for (const char *pattern : {"(a+)+$", "(a|aa)+$", "(a|a?)+$", "(a*)*(a*)*(a*)*[bc]"}) {
    CAPTURE(pattern);
    CHECK(code_of("matches(\"" + subject + "\", \"" + pattern + "\")") == "F015");
  }
  // No b stands in the text, which PCRE2 looks for before it begins.
  for (const char *pattern : {"(.*)*b", "(a*)*(a*)*(a*)*b"}) {
    CAPTURE(pattern);
    CHECK(evaluate("matches(\"" + subject + "\", \"" + pattern + "\")").is_false());
  }
  CHECK(code_of("matches(\"" + std::string(40, 'a') + "b\", \"(a+)+(a+)+(a+)+$\")") == "F015");
  CHECK(code_of("matches(\"a\", \"" + repeated("(", 2'000) + "a" + repeated(")", 2'000) + "\")") == "F015");
  CHECK(code_of("matches(\"a\", \"((((a{1,999}){1,999}){1,999}){1,999})\")") != "no error");
}

TEST_CASE("JSON that is too deep or too large is refused") {
  CHECK(code_of_json(std::string(1'000'000, '[')) == "J003");
  CHECK(code_of_json(repeated("{\"a\":", 1'000'000)) == "J003");
  CHECK(code_of_json(std::string(256, '[') + std::string(256, ']')) == "no error");
  CHECK(code_of_json(std::string(257, '[') + std::string(257, ']')) == "J003");
  CHECK_THROWS_AS(read_json("[1, 2, 3]", {}, {.depth = 10, .bytes = 5}), Error);
}

TEST_CASE("values as deep as JSON allows can be written, compared and thrown away") {
  std::string deep;
  for (int i = 0; i < 256; ++i)
    deep += "[";
  deep += std::string(256, ']');
  const feel::Value value = read_json(deep);
  CHECK(write_json(value) == deep);
  CHECK(identical(value, read_json(deep)));
  CHECK(value.to_string() == deep);
}

TEST_CASE("entities, document types and deep XML are refused") {
  std::string bomb = "<!DOCTYPE lolz [<!ENTITY a0 \"lol\">";
  for (int i = 1; i < 12; ++i)
    bomb += "<!ENTITY a" + std::to_string(i) + " \"" + repeated("&a" + std::to_string(i - 1) + ";", 10) + "\">";
  bomb += "]>";
  CHECK(refusal(model(decision("d", "&a11;"), bomb)) == "D001");
  CHECK(refusal(model(decision("d", "&x;"), "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>")) == "D001");
  CHECK(refusal(model(repeated("<a>", 100'000))) == "D001");
  CHECK(refusal(model(repeated("<a>", 100'000) + repeated("</a>", 100'000))) == "D001");
  CHECK(refusal(model(decision("d", "&undefined;"))) == "D001");
  CHECK_THROWS_AS(dmn::Model::load({{"m.dmn", model("")}}, {.limits = {.bytes = 10}}), Error);
}

TEST_CASE("circles are refused") {
  CHECK(refusal(model(decision("a", "1", requires_decision("a")))) == "D004");
  CHECK(refusal(model(decision("a", "b", requires_decision("b")) + decision("b", "a", requires_decision("a")))) ==
        "D004");
  const std::string types = "<itemDefinition name=\"t\"><typeRef>u</typeRef></itemDefinition>"
                            "<itemDefinition name=\"u\"><typeRef>t</typeRef></itemDefinition>";
  CHECK(refusal(model(types + "<inputData id=\"i\" name=\"i\"><variable name=\"i\" typeRef=\"t\"/></inputData>")) ==
        "D005");
}

TEST_CASE("long chains of decisions are evaluated or refused, never fatal") {
  std::string chain = decision("d0", "1");
  for (int i = 1; i < 5'000; ++i)
    chain += decision("d" + std::to_string(i), "d" + std::to_string(i - 1) + " + 1",
                      requires_decision("d" + std::to_string(i - 1)));
  try {
    const auto loaded = dmn::Model::load({{"m.dmn", model(chain)}});
    const auto result = loaded->evaluate("d4999", {});
    CHECK((result.status == dmn::Status::erreur || result.value.is(feel::Kind::number)));
  } catch (const Error &error) {
    CHECK(error.first().level == Level::error);
  }
}

TEST_CASE("recursive business knowledge models end") {
  const std::string xml =
      model("<businessKnowledgeModel id=\"b\" name=\"b\"><variable name=\"b\"/><encapsulatedLogic><formalParameter "
            "name=\"n\"/>"
            "<literalExpression><text>b(n + 1)</text></literalExpression></encapsulatedLogic>"
            "<knowledgeRequirement><requiredKnowledge href=\"#b\"/></knowledgeRequirement></businessKnowledgeModel>"
            "<decision id=\"d\" name=\"d\"><variable name=\"d\"/><knowledgeRequirement><requiredKnowledge href=\"#b\"/>"
            "</knowledgeRequirement><literalExpression><text>b(1)</text></literalExpression></decision>");
  try {
    const auto result = dmn::Model::load({{"m.dmn", xml}})->evaluate("d", {});
    CHECK(result.status == dmn::Status::erreur);
  } catch (const Error &error) { // a model that requires itself may be refused as a circle instead
    CHECK(text(error.first().code) == "D004");
  }
}

TEST_CASE("a pack cannot name a file outside itself") {
  const auto manifest = [](const std::string &models, const std::string &base) {
    return R"({"id": "p", "version": "1.0", "titre": "P", "autorite": "A", "periode": {"debut": "2022-01-01", "fin": null},
      "modeles": [)" +
           models + "], " + base + R"("roles": {}, "langue": "fr"})";
  };
  CHECK_THROWS_AS(Pack::from_files({{"pack.json", manifest("\"../../etc/passwd\"", "")}}), Error);
  CHECK_THROWS_AS(Pack::from_files({{"pack.json", manifest("\"/etc/passwd\"", "")}}), Error);
  CHECK_THROWS_AS(
      Pack::from_files({{"pack.json", manifest("", R"("extends": {"id": "../../etc", "version": ">=1"}, )")}}), Error);
}
