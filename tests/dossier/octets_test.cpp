// What the quick reader of a store's bytes takes, the reader of documents takes alike: each is the other's proof.
#include "tests/catch.hpp"

#include "insertion/dossier/evenement_octets.hpp"
#include "spie/dossier/contenu.hpp"
#include "spie/json.hpp"

#include <random>
#include <string>

using namespace spie;
using namespace spie::dossier;

namespace {

feel::Value sample(const Champ &field);

feel::Context sample(std::span<const Champ> fields) {
  feel::Context content;
  for (const Champ &field : fields)
    content.set(std::string(field.nom),
                field.liste ? feel::Value(feel::List{sample(field), sample(field)}) : sample(field));
  return content;
}

feel::Value sample(const Champ &field) {
  const std::string first(field.valeurs.substr(0, field.valeurs.find(' ')));
  switch (field.nature) {
  case Nature::texte:
    return "« Déjà » dit \"ainsi\",\nsous C:\\, 𝄞";
  case Nature::code:
    return first.empty() ? "A-1" : first;
  case Nature::date:
    return *feel::Date::parse("2022-02-28");
  case Nature::mois:
    return "2022-03";
  case Nature::entier:
    return -12;
  case Nature::montant:
    return *feel::Number::parse("1234.50");
  case Nature::booleen:
    return true;
  case Nature::reponse:
    return "ne_sait_pas";
  case Nature::sujet:
    return (first.empty() ? "professionnel" : first) + ":4kq9abcdefghjkmn";
  case Nature::instant:
    return "2022-03-05T08:00:00Z";
  case Nature::objet:
    return sample(field.champs);
  }
  return {};
}

Evenement filled(const TypeContenu &type) {
  Evenement event;
  event.id = "8qwgsh5fpkr7rcmb";
  event.type = type.nom;
  event.version = type.version;
  event.sujets = {{type.genre.value_or(Genre::personne), "aline"}, {Genre::structure, "s-1"}};
  event.effet = {*feel::Date::parse("2022-02-01"), feel::Date::parse("2022-03-01"), Precision::mois};
  event.auteur = "professionnel:rené";
  event.source = {"caf.vrsb", std::string(64, 'a'), "ligne 3", "k/1", "v1", "imp1", true};
  event.corrige = "5hnqtb88n7r56tys";
  event.acte = "a1";
  event.contenu = sample(type.champs);
  return event;
}

// Whether the quick one took it; what it took is what the other one reads.
bool taken(const std::string &bytes) {
  const auto quick = read_octets(bytes);
  if (!quick)
    return false;
  std::optional<Evenement> read;
  try {
    read = read_evenement(read_json(bytes));
  } catch (const Error &refused) {
    FAIL("taken: " << bytes << "\nand refused: " << refused.what());
  }
  CHECK(write_json(to_value(*quick)) == write_json(to_value(*read)));
  CHECK(feel::identical(quick->contenu, read->contenu));
  CHECK(quick->source == read->source);
  CHECK(quick->effet == read->effet);
  return true;
}

std::string replaced(std::string text, const std::string &from, const std::string &to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("the bytes of every type of event, each of its fields said, are read quickly and alike") {
  for (const TypeContenu &type : types_contenu()) {
    INFO(type.nom);
    Evenement event = filled(type);
    CHECK(taken(write_json(to_value(event))));
    event.effet = {event.effet.debut, std::nullopt, Precision::jour};
    event.source = {"saisie", {}, {}, {}, {}, {}, false};
    event.auteur = event.corrige = event.acte = "";
    event.sujets.pop_back();
    CHECK(taken(write_json(to_value(event))));
  }
}

TEST_CASE("bytes that were changed are never read quickly as another event than slowly") {
  std::mt19937 draw(20221201);
  const std::string letters = "\"\\{}[]:,@0123456789.-eEtrufalsn é\n\x01\x80";
  std::size_t kept = 0;
  for (const TypeContenu &type : types_contenu()) {
    const std::string whole = write_json(to_value(filled(type)));
    for (int i = 0; i < 200; ++i) {
      std::string bytes = whole;
      for (int changes = 1 + static_cast<int>(draw() % 2); changes > 0; --changes) {
        const std::size_t at = draw() % bytes.size();
        const char letter = letters[draw() % letters.size()];
        switch (draw() % 3) {
        case 0:
          bytes[at] = letter;
          break;
        case 1:
          bytes.insert(at, 1, letter);
          break;
        default:
          bytes.erase(at, 1 + draw() % 3);
        }
      }
      if (taken(bytes))
        ++kept;
    }
  }
  CHECK(kept > 1'000); // a letter in a text, a digit of a number
}

TEST_CASE("what a store does not write is left to the reader of documents") {
  Evenement event = filled(*find_type("frein"));
  event.contenu = feel::Context{{"code", "mobilite"}, {"reponse", "oui"}};
  const std::string written = write_json(to_value(event));
  REQUIRE(taken(written));
  CHECK_FALSE(read_octets(written + " "));
  CHECK_FALSE(read_octets(replaced(written, "\"oui\"", "null")));
  CHECK_FALSE(read_octets(replaced(written, "\"oui\"", "\"peut-être\"")));
  CHECK_FALSE(read_octets(replaced(written, "\"oui\"", "\"oui\",\"reponse\":\"non\"")));
  CHECK_FALSE(read_octets(replaced(written, "\"oui\"", "{\"@date\":\"2022-01-01\"}")));
  CHECK_FALSE(read_octets(replaced(written, "\"code\":\"mobilite\",", "")));
  CHECK_FALSE(read_octets(replaced(written, "\"version\":1", "\"version\":2")));
  CHECK_FALSE(read_octets(replaced(written, "\"type\":\"frein\"", "\"type\":\"freins\"")));
  CHECK_FALSE(read_octets(replaced(written, "\"fin\":\"2022-03-01\"", "\"fin\":\"2022-02-01\"")));
  CHECK_FALSE(read_octets(replaced(written, "structure:s-1", "personne:aline")));
  CHECK_FALSE(read_octets(replaced(written, "personne:aline", "foyer:aline")));
  CHECK_FALSE(read_octets(replaced(written, "\"auteur\"", "\"autrice\"")));
  CHECK_FALSE(read_octets(replaced(written, "mobilite", std::string("mobi\0lite", 9))));

  event = filled(*find_type("revenu"));
  const std::string income = write_json(to_value(event));
  REQUIRE(taken(income));
  for (const char *number : {"0", "-1", "12.5", "0.10", "123456789012345678", "100.00"})
    CHECK(taken(replaced(income, "1234.50", number)));
  for (const char *number :
       {"01", "-0", "1.", ".5", "1e3", "1.5E2", "+1", "1.505", "1234567890123456789", "--1", "1.2.3"})
    CHECK_FALSE(taken(replaced(income, "1234.50", number)));
}
