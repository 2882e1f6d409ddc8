// A DMN model that declares none of its inputs, as many editors write them: what is read for the caller is told.
// Arguments: examples/donnees/aide.dmn
#include "spie/dmn/model.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

int main(int count, char **arguments) {
  if (count != 2)
    return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string xml{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  spie::dmn::LoadOptions load;
  load.extensions = {"camunda"}; // `get or else` is of Camunda
  const auto model = spie::dmn::Model::load({{arguments[1], xml}}, load);
  for (const spie::Diagnostic &finding : model->findings())
    std::cout << to_string(finding) << '\n';
  spie::dmn::EvaluateOptions options;
  options.extra = spie::dmn::Extra::ignore; // "dossier" is read by nothing
  const auto day = spie::feel::Date::parse("2024-02-01");
  const auto result =
      model->evaluate("aide au transport", {{"distance", 25}, {"premier jour", *day}, {"dossier", "D-12"}}, options);
  std::cout << result.value.to_feel() << '\n';
}
