// FEEL texts, as expressions and as unary tests: what compiles evaluates to a value, whatever the text, within limits.
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/short_runs.hpp"

#include "spie/diagnostic.hpp"
#include "spie/feel/expression.hpp"
#include "spie/json.hpp"

using namespace spie;

namespace {

struct World {
  feel::Scope scope;
  std::vector<feel::Value> globals;
  World() {
    add("a", feel::Type::Kind::number, *feel::Number::parse("12.50"));
    add("texte", feel::Type::Kind::text, "été");
    add("date de naissance", feel::Type::Kind::date, *feel::Date::parse("1990-02-28"));
    add("liste", feel::Type::list(feel::Type::Kind::number), feel::List{1, 2, 3});
    add("c", {}, feel::Context{{"montant", 3}, {"libellé long", "x"}});
    add("rien", {}, feel::Value());
  }

private:
  void add(std::string_view name, feel::Type type, feel::Value value) {
    scope.add_variable(name, std::move(type), static_cast<std::uint32_t>(globals.size()));
    globals.push_back(std::move(value));
  }
};

feel::Evaluation evaluation(const World &world) {
  feel::Evaluation result;
  result.now = feel::DateTime::parse("2022-06-01T10:30:00@Europe/Paris");
  result.globals = world.globals;
  result.limits = fuzz::short_runs();
  return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static const World world;
  const std::string_view text = fuzz::text_of(data, size);
  for (const bool types : {true, false}) {
    feel::CompileOptions options;
    options.types = types;
    try {
      const auto expression = feel::Expression::compile(text, world.scope, options);
      feel::Evaluation once = evaluation(world), again = evaluation(world);
      const feel::Value whole = expression.evaluate(once);
      // What crosses a border is bounded first: a small value may unfold without end.
      const feel::Value value = once.bounded(whole);
      feel::Cause causes;
      collect_causes(whole, causes);
      // Lists and contexts are not compared: two that share what they hold cost all that they would unfold to.
      fuzz::promise(whole.is(feel::Kind::function) || whole.is(feel::Kind::list) || whole.is(feel::Kind::context) ||
                        identical(whole, expression.evaluate(again)),
                    "an expression gives the same value twice");
      (void)value.to_string();
      (void)value.to_feel();
      (void)write_json(value);
      (void)expression.uses();
    } catch (const Error &) {
    }
    try {
      const auto tests = feel::Expression::compile_unary_tests(text, world.scope, feel::Type::Kind::number, options);
      feel::Evaluation once = evaluation(world);
      const feel::Value verdict = tests.test(once, 5);
      fuzz::promise(verdict.is_null() || verdict.is(feel::Kind::boolean), "a unary test is true, false or null");
    } catch (const Error &) {
    }
  }
  return 0;
}
