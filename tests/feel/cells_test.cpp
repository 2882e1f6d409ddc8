// Cells that write no `?`: when the value of the text is compared with the input, and when it is the verdict
// (DMN 1.5 §8.3.3). Expected values by the standard; feel-scala and feelin agree.
#include "tests/catch.hpp"

#include "rules/feel/compiler.hpp"
#include "spie/feel/expression.hpp"

#include <string>

using namespace spie;
using namespace spie::feel;

namespace {

// seuil = 5, codes = ["A", "B"], majeur = true, personne.majeur = true, absent: null
Value cell(std::string_view text, const Value &input, const Type &type = {}, bool typed = false) {
  Scope scope;
  scope.add_variable("seuil", typed ? Type(Type::Kind::number) : Type(), 0);
  scope.add_variable("codes", typed ? Type::list(Type(Type::Kind::text)) : Type(), 1);
  scope.add_variable("majeur", typed ? Type(Type::Kind::boolean) : Type(), 2);
  scope.add_variable("personne", typed ? Type::context({{"majeur", Type(Type::Kind::boolean)}}) : Type(), 3);
  scope.add_variable("absent", Type(), 4);
  const std::vector<Value> globals{5, Value(List{"A", "B"}), true, Context{{"majeur", true}}, Value()};
  const Expression expression = Expression::compile_unary_tests(text, scope, type);
  Evaluation evaluation;
  evaluation.globals = globals;
  return expression.test(evaluation, input);
}

} // namespace

TEST_CASE("a cell that is a whole condition is passed when it is true", "[feel][cells]") {
  for (const bool typed : {false, true}) {
    CAPTURE(typed);
    const Type text = typed ? Type(Type::Kind::text) : Type();
    CHECK(cell("not(list contains(codes, \"T\"))", "x", text, typed).is_true());
    CHECK(cell("not(list contains(codes, \"A\"))", "x", text, typed).is_false());
    CHECK(cell("list contains(codes, \"A\")", "x", text, typed).is_true());
    CHECK(cell("seuil > 3", "y", text, typed).is_true());
    CHECK(cell("seuil > 30", "y", text, typed).is_false());
    CHECK(cell("\"a\", seuil > 3", "y", text, typed).is_true());
    CHECK(cell("\"y\", seuil > 30", "y", text, typed).is_true());
    CHECK(cell("\"a\", seuil > 30", "y", text, typed).is_false());
    CHECK(cell("seuil = null or seuil = 5", "y", text, typed).is_true());
    CHECK(cell("some c in codes satisfies c = \"B\"", "y", text, typed).is_true());
    CHECK(cell("seuil between 1 and 9", "y", text, typed).is_true());
    CHECK(cell("seuil in [1..9]", "y", text, typed).is_true());
    CHECK(cell("seuil instance of number", "y", text, typed).is_true());
    CHECK(cell("1 < 2", "y", text, typed).is_true()); // folded when it is read
    CHECK(cell("1 > 2", "y", text, typed).is_false());
    CHECK(cell("if seuil > 3 then true else false", "y", text, typed).is_true());
  }
  CHECK(cell("absent > 3", "y").is_null());
}

TEST_CASE("a condition is the verdict whatever the input, a null or a boolean among them", "[feel][cells]") {
  CHECK(cell("seuil > 3", Value()).is_true());
  CHECK(cell("seuil > 3", false).is_true());
  CHECK(cell("seuil > 30", false).is_false());
}

TEST_CASE("literals and names of boolean type compare with a boolean input", "[feel][cells]") {
  for (const bool typed : {false, true}) {
    CAPTURE(typed);
    const Type boolean = typed ? Type(Type::Kind::boolean) : Type();
    CHECK(cell("true", true, boolean, typed).is_true());
    CHECK(cell("true", false, boolean, typed).is_false());
    CHECK(cell("false", false, boolean, typed).is_true());
    CHECK(cell("(false)", false, boolean, typed).is_true());
    CHECK(cell("not(true)", false, boolean, typed).is_true());
    CHECK(cell("majeur", true, boolean, typed).is_true());
    CHECK(cell("majeur", false, boolean, typed).is_false());
    CHECK(cell("personne.majeur", false, boolean, typed).is_false());
  }
  // Against another input a name can only be a condition.
  CHECK(cell("majeur", "x").is_true());
  CHECK(cell("personne.majeur", "x", Type(Type::Kind::text), true).is_true());
  CHECK_FALSE(cell("majeur", Value()).is_true());
}

TEST_CASE("what a condition is not is compared as before", "[feel][cells]") {
  CHECK(cell("seuil", 5).is_true());
  CHECK(cell("codes", "A").is_true());
  CHECK(cell("seuil + 1", 6).is_true());
  CHECK(cell("5 in (seuil, 6)", "x").is_true());
  CHECK_THROWS_AS(cell("true", "x", Type(Type::Kind::text), true), Error);
}

TEST_CASE("an empty cell is passed by anything", "[feel][cells]") {
  CHECK(cell("", 3).is_true());
  CHECK(cell("  \n", Value()).is_true());
  CHECK(cell("// rien", 3).is_true());
}

TEST_CASE("a comma between two numbers reads as two values, and is told", "[feel][cells]") {
  const auto warnings = [](std::string_view text) {
    const Scope scope;
    Compiler compiler(scope, {});
    const std::uint32_t slot = compiler.reserve();
    (void)compiler.unary_tests(text, Type(), slot, {});
    return compiler.warnings();
  };
  CHECK(cell("10,5", 5).is_true());
  CHECK(cell("10,5", 10).is_true());
  CHECK(cell("10,5", *Number::parse("10.5")).is_false());
  REQUIRE(warnings("10,5").size() == 1);
  const Diagnostic told = warnings("10,5").front();
  CHECK(told.code == Code::feel_decimal_comma);
  CHECK(told.level == Level::warning);
  CHECK(told.where == "1:1");
  CHECK(told.details == "10,5");
  CHECK(told.suggestion == "10.5");
  CHECK(warnings("> 10,5").size() == 1);
  CHECK(warnings("not(3, 10,5)").size() == 1);
  CHECK(warnings("10, 5").empty());
  CHECK(warnings("1,2,3").empty()); // a decimal has one comma
  CHECK(warnings("\"10,5\"").empty());
  CHECK(warnings("[10,5]").empty());
}
