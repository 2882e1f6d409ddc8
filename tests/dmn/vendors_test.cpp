// What vendors add to FEEL and to DMN: off, until a load names them.
#include "tests/dmn/models.hpp"
#include "tests/page.hpp"

#include "rules/feel/builtins/vendors.hpp"

using namespace models;

namespace {

dmn::LoadOptions with(const std::string &vendor) {
  dmn::LoadOptions options;
  options.extensions = {vendor};
  return options;
}

} // namespace

TEST_CASE("every example of the functions of vendors is true", "[dmn][vendors]") {
  for (const feel::Vendor &vendor : feel::vendors())
    for (const feel::Signature &row : vendor.functions) {
      CAPTURE(vendor.name, row.example);
      const auto model = load(decision("R", {}, literal(std::string(row.example))), with(std::string(vendor.name)));
      const auto result = run(*model, "R");
      CHECK(result.value.to_feel() == "true");
      CHECK(result.errors.empty());
    }
}

TEST_CASE("the page of names lists the functions of vendors", "[dmn][vendors]") {
  std::string content;
  for (const feel::Vendor &vendor : feel::vendors()) {
    content += "\n### " + std::string(vendor.name) + "\n\n| function | gives | |\n|---|---|---|\n";
    for (const feel::Signature &row : vendor.functions) {
      std::string parameters;
      for (const char c : row.parameters)
        parameters += c == '|' ? std::string("\\|") : std::string(1, c);
      content += "| `" + std::string(row.name) + "(" + parameters + ")` | " + std::string(row.returns) + " | " +
                 std::string(row.summary) + "<br>`" + std::string(row.example) + "` |\n";
    }
  }
  check_section("dmn-names.md", "vendors", content + "\n");
}

TEST_CASE("the functions of a vendor are unknown without it, and a vendor that nobody has is refused",
          "[dmn][vendors]") {
  const auto unknown = refused(decision("R", {}, literal("is defined(libre)")));
  CHECK(first_code(unknown) == "F004");
  CHECK(unknown.front().message.find("The extension 'camunda' of DMN models has it") != std::string::npos);
  CHECK(first_code(refused(decision("R", {}, literal("nn sum([1])")), with("camunda"))) == "F004");
  const auto findings = refused(decision("R", {}, literal("1")), with("camnuda"));
  REQUIRE_FALSE(findings.empty());
  CHECK(first_code(findings) == "A001");
  CHECK(findings.front().message.find("camunda") != std::string::npos);
}

TEST_CASE("what is not given is not defined, for Camunda", "[dmn][vendors]") {
  const auto model = load(decision("R", {}, literal("[is defined(a), is defined(a.b), get or else(a, 3)]")) +
                              decision("S", {}, literal("assert(a, a > 0, \"a est negatif\")")),
                          with("camunda"));
  CHECK(run(*model, "R", {{"a", Context{{"b", 1}}}}).value.to_feel() == "[true, true, {b: 1}]");
  CHECK(run(*model, "R").value.to_feel() == "[false, false, 3]");
  const auto result = run(*model, "S", {{"a", -1}});
  CHECK(result.value.is_null());
  REQUIRE_FALSE(result.errors.empty());
  CHECK(result.errors.front().message.find("a est negatif") != std::string::npos);
}

TEST_CASE("the value of a column has a name in its cells, for Camunda", "[dmn][vendors]") {
  const auto table = [](const std::string &attribute, const std::string &cell) {
    return decision("R", {},
                    "<decisionTable hitPolicy=\"FIRST\"><input xmlns:c=\"http://camunda.org/schema/1.0/dmn\"" +
                        attribute +
                        "><inputExpression><text>2 * n</text></inputExpression></input><output/>"
                        "<rule><inputEntry><text>" +
                        escaped(cell) +
                        "</text></inputEntry><outputEntry><text>1</text>"
                        "</outputEntry></rule><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>2</text>"
                        "</outputEntry></rule></decisionTable>");
  };
  const auto named =
      load(table(" c:inputVariable=\"le double\"", "le double > 10 and le double < 20"), with("camunda"));
  CHECK(run(*named, "R", {{"n", 6}}).value.to_feel() == "1");
  CHECK(run(*named, "R", {{"n", 5}}).value.to_feel() == "2");
  const auto unnamed = load(table("", "cellInput > 10"), with("camunda"));
  CHECK(run(*unnamed, "R", {{"n", 6}}).value.to_feel() == "1");
  // Without the extension the name is one that nothing declares.
  CHECK(load(table("", "cellInput > 10"))->findings().size() == 2);
}
