// Loads the installed pack named on the command line and evaluates one of its decisions.
#include <spie/feel/expression.hpp>
#include <spie/pack/pack.hpp>

#include <iostream>

int main(int count, char **arguments) try {
  const auto pack = spie::Pack::load(count > 1 ? arguments[1] : ".");
  const auto day = *spie::feel::Date::parse("2022-12-20");
  const auto result = pack->evaluate("date_premier_versement", spie::feel::Context{{"date_signature", day}}, day);
  std::cout << result.value.to_string() << '\n';
  return result.value.to_string().find("2023-01-04") != std::string::npos ? 0 : 1;
} catch (const spie::Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
