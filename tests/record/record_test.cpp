#include "rules/record/record.hpp"

#include "exchange/records.hpp"
#include "insertion/convention/records.hpp"
#include "rules/dmn/records.hpp"
#include "spie/json.hpp"
#include "tests/catch.hpp"

#include <set>

using namespace spie;

namespace {

struct Piece {
  std::string nom;
};

// Every kind and every form.
struct Essai {
  std::string pack_id = "p";
  std::string texte, vide;
  bool vrai = true;
  std::size_t zero = 0;
  std::int64_t nombre = -3;
  feel::Number quantite = *feel::Number::parse("1.5"), montant = *feel::Number::parse("1234.5");
  std::optional<feel::Number> sans_montant, absent;
  feel::Date jour = *feel::Date::from_civil(2022, 6, 1);
  std::optional<feel::Date> jour_typee = jour;
  feel::Value valeur = feel::Value(7);
  std::vector<std::string> mots{"a", "b"};
  Piece piece{"x"};
  std::vector<Piece> pieces{{"y"}};
  record::Counts par_raison{{"nom", 2}};
  record::Amounts totaux{{"eligible", *feel::Number::parse("-0.006")}};
  record::Words libelles{{"oui", "Oui"}};
};

} // namespace

template <> struct record::Table<Piece> {
  static constexpr Title title{"Piece", "essai", "A part."};
  static constexpr std::tuple fields{Field{"nom", &Piece::nom}};
};

template <> struct record::Table<Essai> {
  static constexpr Title title{"Essai", "essai", "All of it."};
  static constexpr auto fields = std::tuple_cat(std::tuple{Field{"pack.id", &Essai::pack_id},
                                                           Field{"pack.genre", Constant{"essai"}},
                                                           Field{"texte", &Essai::texte},
                                                           Field{"vide", &Essai::vide, "Said so.", or_null},
                                                           Field{"vrai", &Essai::vrai},
                                                           Field{"zero", &Essai::zero, {}, or_null},
                                                           Field{"nombre", &Essai::nombre},
                                                           Field{"quantite", &Essai::quantite},
                                                           Field{"montant", &Essai::montant, {}, euros},
                                                           Field{"sans_montant", &Essai::sans_montant, {}, euros},
                                                           Field{"absent", &Essai::absent, {}, left_out},
                                                           Field{"jour", &Essai::jour},
                                                           Field{"jour_typee", &Essai::jour_typee, {}, typed_day},
                                                           Field{"valeur", &Essai::valeur},
                                                           Field{"mots", &Essai::mots},
                                                           Field{"piece", &Essai::piece},
                                                           Field{"pieces", &Essai::pieces},
                                                           Field{"par_raison", &Essai::par_raison},
                                                           Field{"totaux", &Essai::totaux},
                                                           Field{"libelles", &Essai::libelles}},
                                                fields_of(&Essai::piece));
};

TEST_CASE("a record is written as its table says, kind by kind", "[record]") {
  CHECK(write_json(record::to_context(Essai{})) ==
        R"({"pack":{"id":"p","genre":"essai"},"texte":"","vide":null,"vrai":true,"zero":null,"nombre":-3,)"
        R"("quantite":1.5,"montant":"1234.50","sans_montant":null,"jour":"2022-06-01",)"
        R"("jour_typee":{"@date":"2022-06-01"},"valeur":7,"mots":["a","b"],"piece":{"nom":"x"},)"
        R"("pieces":[{"nom":"y"}],"par_raison":[{"raison":"nom","nombre":2}],"totaux":{"eligible":"-0.01"},)"
        R"("libelles":{"oui":"Oui"},"nom":"x"})");
}

TEST_CASE("a table describes itself", "[record]") {
  const feel::Value described = record::description<Essai>();
  CHECK(described.context().find("nom")->text() == "Essai");
  std::map<std::string, std::string> kinds;
  for (const feel::Value &field : described.context().find("champs")->list()) {
    const feel::Context &one = field.context();
    kinds[one.find("attribut")->text()] = one.find("genre")->text() + (one.find("liste")->boolean() ? " list" : "") +
                                          (one.find("nul")->boolean() ? " null" : "") +
                                          (one.find("absent")->boolean() ? " left out" : "");
  }
  CHECK(kinds == std::map<std::string, std::string>{{"pack_id", "text"},
                                                    {"pack_genre", "text"},
                                                    {"texte", "text"},
                                                    {"vide", "text null"},
                                                    {"vrai", "boolean"},
                                                    {"zero", "whole null"},
                                                    {"nombre", "whole"},
                                                    {"quantite", "number"},
                                                    {"montant", "euros"},
                                                    {"sans_montant", "euros null"},
                                                    {"absent", "number null left out"},
                                                    {"jour", "date"},
                                                    {"jour_typee", "date null"},
                                                    {"valeur", "value"},
                                                    {"mots", "text list"},
                                                    {"piece", "record"},
                                                    {"pieces", "record list"},
                                                    {"par_raison", "counts"},
                                                    {"totaux", "amounts"},
                                                    {"libelles", "words"},
                                                    {"nom", "text"}});
}

namespace {

// The keys of the JSON, those of a finding aside.
template <class Record> void check_keys() {
  std::set<std::string_view> seen, closed;
  std::string_view last;
  record::each_field<Record>([&](const auto &field) {
    const std::string_view outer = field.key.substr(0, field.key.find('.'));
    INFO(record::Table<Record>::title.name << " " << field.key);
    CHECK(seen.insert(field.key).second);
    CHECK((outer == last || closed.insert(outer).second)); // those of one object follow each other
    last = outer;
  });
}

} // namespace

TEST_CASE("no table gives a key twice", "[record]") {
  check_keys<dmn::ElementInfo>();
  check_keys<dmn::FactInfo>();
  check_keys<Article>();
  check_keys<ParameterUse>();
  check_keys<convention::Budget>();
  check_keys<convention::LigneEtat>();
  check_keys<convention::Total>();
  check_keys<convention::EtatDesDepenses>();
  check_keys<convention::Controle>();
  check_keys<convention::Echeance>();
  check_keys<convention::CompteRendu>();
  check_keys<exchange::Rapport>();
}
