// What a tree bounds holds: whatever the expression, a number never needs more decimals than its column has.
#include "tests/dmn/models.hpp"
#include "tests/table/arrays.hpp"

#include "spie/dmn/decision.hpp"

#include <initializer_list>
#include <random>

using namespace models;
namespace a = arrays;
namespace t = spie::table;

namespace {

class Expressions {
public:
  explicit Expressions(std::uint32_t seed) : random_(seed) {}

  std::string number(int depth) {
    if (depth == 0)
      return pick({"x", "c", "r", "1.5", "0.125", "3", "p.m", "p.n", "10", "taux(x)", "taux(c)"});
    const auto below = [&] { return number(depth - 1); };
    switch (random_() % 15) {
    case 0:
      return joined({"(", below(), " + ", below(), ")"});
    case 1:
      return joined({"(", below(), " - ", below(), ")"});
    case 2:
      return joined({"(", below(), " * ", below(), ")"});
    case 3:
      return joined({"(", below(), " / ", pick({"2", "100", "8", "0.5", "2.5", "3", "x"}), ")"});
    case 4:
      return joined({"(if ", below(), " > 1 then ", below(), " else ", below(), ")"});
    case 5:
      return joined({pick({"min", "max", "sum"}), "(", below(), ", ", below(), ")"});
    case 6:
      return joined({pick({"floor", "ceiling", "abs"}), "(", below(), ")"});
    case 7:
      return joined(
          {pick({"decimal", "round up", "round half down"}), "(", below(), ", ", pick({"0", "1", "3", "-1"}), ")"});
    case 8:
      return joined({"sum(for i in [", below(), ", ", below(), "] return i * ", below(), ")"});
    case 9:
      return joined({"[", below(), ", ", below(), "][item > 1][1]"});
    case 10:
      return joined({"{u: ", below(), ", v: u * ", below(), "}.v"});
    case 11:
      return joined({"(", below(), " ** 2)"});
    case 12:
      return joined({"taux(", below(), ")"});
    case 13:
      return joined({"modulo(", below(), ", 0.75)"});
    default:
      return joined({"(- ", below(), ")"});
    }
  }

private:
  // Its parts are drawn in their order, by every compiler.
  static std::string joined(std::initializer_list<std::string> parts) {
    std::string whole;
    for (const std::string &part : parts)
      whole += part;
    return whole;
  }
  std::string pick(const std::vector<std::string> &from) { return from[random_() % from.size()]; }
  std::mt19937 random_;
};

const std::string inputs =
    "<itemDefinition name=\"tP\"><itemComponent name=\"m\"><typeRef>number</typeRef></itemComponent>"
    "<itemComponent name=\"n\"><typeRef>number</typeRef></itemComponent></itemDefinition>" +
    input("x", "number") + input("c", "number") + input("r", "number") + input("p", "tP") +
    "<businessKnowledgeModel id=\"k_taux\" name=\"taux\"><variable name=\"taux\"/><encapsulatedLogic>"
    "<formalParameter name=\"de\" typeRef=\"number\"/><literalExpression><text>de * 0.05</text></literalExpression>"
    "</encapsulatedLogic></businessKnowledgeModel>";

} // namespace

TEST_CASE("no number needs more decimals than its tree bounds", "[table]") {
  constexpr int unbounded = 31; // no bound is as wide
  int bounded = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const std::string expression = Expressions(seed).number(1 + static_cast<int>(seed % 4));
    INFO(seed << ": " << expression);
    const auto prepared =
        dmn::Model::load({{"m.dmn", document(inputs + decision("d", {"i_x", "i_c", "i_r", "i_p", "k_taux"},
                                                               literal(expression, "number"), "number"))}})
            ->decision("d");
    a::Stream stream(a::structure("", {a::plain<std::int64_t>("x", "l", {3, -7, {}, 1'000'003}),
                                       a::plain<std::int64_t>("c", "d:18,2,64", {1'999, 5, -33, {}}),
                                       a::plain<std::int64_t>("r", "d:18,4,64", {12'345, 1, {}, 99'999}),
                                       a::structure("p", {a::plain<std::int64_t>("m", "d:18,1,64", {15, 1, 2, 7}),
                                                          a::plain<std::int64_t>("n", "l", {1, 2, 3, 4})})}));
    ArrowArrayStream answer{};
    t::Options options;
    options.echelle = unbounded;
    options.motif = true;
    t::evaluate(answer, prepared, stream.give(), options);
    const a::Read read = a::read(answer);
    const bool told = read.format("d") != "d:38," + std::to_string(unbounded);
    bounded += told;
    for (std::size_t row = 0; row < read.rows.size(); ++row)
      if (told && !read.at(row, "motif").is_null())
        CHECK(read.at(row, "motif").text() != "T005");
  }
  CHECK(bounded > 150);
}
