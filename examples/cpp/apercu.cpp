// The example of the README. Arguments: packs/seine-et-marne-2022-2023
#include <spie/pack/pack.hpp>

#include <iostream>

int main(int count, char **arguments) try {
  const auto pack = spie::Pack::load(count > 1 ? arguments[1] : ".");
  const spie::feel::Context faits{{"date_signature", *spie::feel::Date::parse("2022-12-20")}};
  const auto le_jour_meme = *spie::feel::Date::parse("2022-12-20");

  const auto result = pack->evaluate("date_premier_versement", faits, le_jour_meme);
  std::cout << result.value.to_string() << '\n' // 2023-01-04
            << result.explanation << '\n';      // which rule, which article, which facts
  return result.status == spie::dmn::Status::determine ? 0 : 1;
} catch (const spie::Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
