// Each format in each encoding that people send: the same answer, or a refusal that says where and what to do.
#include "tests/exchange/fichiers.hpp"

#include "tests/encodings.hpp"

#include "spie/exchange/caf_contacts.hpp"
#include "spie/exchange/carnet_csv.hpp"
#include "spie/exchange/csv_plan.hpp"
#include "spie/exchange/dsp.hpp"
#include "spie/exchange/france_travail.hpp"
#include "spie/exchange/vrsb.hpp"
#include "spie/json.hpp"
#include "tests/exchange/vrsb_file.hpp"

#include <functional>
#include <regex>

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

using Reader = std::function<Rapport(Journal &, Octets &)>;

struct Read {
  Rapport report;
  std::string said; // all that the file made the journal hold
};

Read read(const Reader &reader, const std::string &bytes) {
  const auto journal = store::open_memory();
  record(*journal, "2022-01-01",
         {{"personne:aline", "identite", R"({"nom": "Exemple", "prenom": "Aline"})", "2022-01-01"}});
  static const std::regex drawn(
      "(personne|professionnel|structure|foyer|instance):[0-9a-z]+|[0-9a-f]{16}:[0-9a-f]{64}");
  Read result{reader(*journal, *memory_bytes(bytes)), {}};
  journal->each(1, everything, [&](const Evenement &event) {
    if (event.type != "import")
      // Ids are drawn anew in each journal, and so is the key of the fingerprints of NIR.
      result.said += event.type + " " + std::regex_replace(write_json(event.contenu), drawn, "$1") + "\n";
  });
  CHECK(accounted(result.report));
  return result;
}

// A refusal as a whole: its place, its reason, what to do.
void refused(const Read &read) {
  CHECK_FALSE(read.report.clos);
  REQUIRE_FALSE(read.report.refuses.empty());
  const Refus &fault = read.report.refuses.back();
  CHECK_FALSE(fault.place.empty());
  CHECK_FALSE(fault.motif.empty());
  CHECK_FALSE(fault.remede.empty());
}

std::string told_encoding(const Rapport &report) {
  for (const Refus &warning : report.avertissements)
    if (warning.code == Code::import_encoding)
      return warning.place + ": " + warning.remede;
  return {};
}

} // namespace

TEST_CASE("a CSV reads the same in UTF-8, with its mark, in windows-1252; in UTF-16 it is refused",
          "[exchange][encodages]") {
  const PlanCsv plan = read_plan_csv(R"({"source": "essai", "cle": "Id", "identite": {"nom": "Nom", "prenom": "Prénom",
    "date_naissance": "Né"}, "faits": [{"type": "statut", "champs": {"code": {"valeur": "rqth"}, "reponse": "Réponse"}}]})");
  const std::string by_plan = "Id;Nom;Prénom;Né;Réponse\ne-1;Exemple-Chêne;Noëlle;1990-05-17;oui\n";
  const std::vector<std::pair<std::string, Reader>> formats{
      {fixture("carnet_beneficiaires.csv"),
       [](Journal &j, Octets &b) { return import_carnet_beneficiaires(j, b, as_of("2022-06-01"), lists()); }},
      {fixture("carnet_structures.csv"),
       [](Journal &j, Octets &b) { return import_carnet_structures(j, b, as_of("2022-06-01"), lists()); }},
      {fixture("france_travail_extrait.csv"),
       [](Journal &j, Octets &b) { return import_france_travail_extrait(j, b, as_of("2022-06-01"), lists()); }},
      {fixture("france_travail_actions.csv"),
       [](Journal &j, Octets &b) { return import_france_travail_actions(j, b, as_of("2022-06-01"), lists()); }},
      {by_plan, [&](Journal &j, Octets &b) { return import_csv(j, b, plan, as_of("2022-06-01")); }}};
  for (const auto &[file, reader] : formats) {
    const std::string utf8 = file.starts_with(byte_order_mark) ? file.substr(byte_order_mark.size()) : file;
    CAPTURE(utf8.substr(0, 60));
    const Read plain = read(reader, utf8);
    CHECK(plain.report.clos);
    CHECK(plain.report.lus > 0);
    CHECK(told_encoding(plain.report).empty());
    const Read marked = read(reader, with_mark(utf8));
    CHECK(marked.said == plain.said);
    const std::string latin = in_windows_1252(utf8);
    const Read western = read(reader, latin);
    CHECK(western.said == plain.said);
    CHECK(western.report.lus == plain.report.lus);
    if (latin != utf8)
      CHECK(told_encoding(western.report).find("CSV UTF-8") != std::string::npos);
    const Read wide = read(reader, in_utf16(utf8));
    refused(wide);
    CHECK(wide.report.refuses.back().code == Code::import_encoding);
  }
}

TEST_CASE("a flow of the CAF reads the same in the encoding that it declares, and no other", "[exchange][encodages]") {
  const Reader dsp = [](Journal &j, Octets &b) { return import_dsp(j, b, as_of("2022-06-01"), lists()); };
  const Reader vrsb = [](Journal &j, Octets &b) { return import_vrsb(j, b, as_of("2022-06-01"), lists()); };
  vrsb::File month;
  month.foyers.front().personnes = {{"EXEMPLE-CHÊNE", "NOËLLE"}};
  const std::vector<std::pair<std::string, Reader>> flows{
      {fixture("virs0901.xml"), dsp}, {fixture("vird0201.xml"), dsp}, {vrsb::to_xml(month), vrsb}};
  for (const auto &[declared, reader] : flows) {
    const std::size_t start = declared.find("encoding=\"");
    REQUIRE(start != std::string::npos);
    const std::string name = declared.substr(start + 10, declared.find('"', start + 10) - start - 10);
    const std::string text = name == "UTF-8" ? declared : *utf8_from_windows_1252(declared);
    CAPTURE(text.substr(0, 400));
    const auto declaring = [&](std::string_view encoding) {
      std::string xml = text;
      return xml.replace(start + 10, name.size(), encoding);
    };
    const Read plain = read(reader, declaring("UTF-8"));
    CHECK(plain.report.clos);
    CHECK(plain.report.lus > 0);
    CHECK(read(reader, with_mark(declaring("UTF-8"))).said == plain.said);
    CHECK(read(reader, in_windows_1252(declaring("windows-1252"))).said == plain.said);
    CHECK(read(reader, in_utf16(declaring("UTF-16"))).said == plain.said);
    // Declared otherwise than it is.
    std::string accented = declaring("UTF-8");
    accented.insert(accented.find("?>") + 2, "<!-- Créé -->");
    refused(read(reader, in_windows_1252(accented)));
    refused(read(reader, in_utf16(declaring("UTF-8"))));
  }
}

TEST_CASE("the contacts of a CAF read the same in each encoding, and complete the same people",
          "[exchange][encodages]") {
  vrsb::File month;
  month.foyers.front().matricule = "000000200000000";
  month.foyers.front().personnes = {{"EXEMPLE-CHÊNE", "NOËLLE"}};
  const Reader after_the_flow = [&](Journal &j, Octets &b) {
    REQUIRE(import_vrsb(j, *memory_bytes(vrsb::to_xml(month)), as_of(""), lists()).clos);
    return import_caf_contacts(j, b, "771", as_of("2022-03-05"));
  };
  const std::string contacts = "MATRICULE;NOM RESPONSABLE DOSSIER;PRENOM RESPONSABLE DOSSIER;NUMERO TELEPHONE DOSSIER;"
                               "NUMERO TELEPHONE 2 DOSSIER;ADRESSE ELECTRONIQUE DOSSIER\n"
                               "000000200000000;EXEMPLE-CHÊNE;NOËLLE;0199000001;;noelle@example.org\n";
  const Read plain = read(after_the_flow, contacts);
  CHECK(plain.report.lus == 1);
  CHECK(plain.said.find("noelle@example.org") != std::string::npos);
  CHECK(read(after_the_flow, with_mark(contacts)).said == plain.said);
  CHECK(read(after_the_flow, in_windows_1252(contacts)).said == plain.said);
  refused(read(after_the_flow, in_utf16(contacts)));
}

TEST_CASE("a diagnostic is JSON in UTF-8; in another encoding it is refused", "[exchange][encodages]") {
  const Reader reader = [](Journal &j, Octets &b) {
    return import_france_travail_diagnostic(j, b, as_of("2024-07-01"), subject("personne:aline"), lists());
  };
  const std::string json =
      R"({"contraintesIndividusDto": {"conseiller": "c", "dateDeModification": null, "contraintes": [
    {"code": "23", "libelle": "Mobilité", "valeur": "OUI", "date": "2024-06-13T23:00:00.000+00:00", "situations": [],
     "objectifs": []}]}})";
  const Read plain = read(reader, json);
  CHECK(plain.report.clos);
  const auto same_or_refused = [&](const std::string &bytes) {
    const Read other = read(reader, bytes);
    if (other.report.clos)
      CHECK(other.said == plain.said);
    else
      refused(other);
    return other.report.clos;
  };
  CHECK(same_or_refused(with_mark(json)));
  CHECK_FALSE(same_or_refused(in_windows_1252(json)));
  CHECK_FALSE(same_or_refused(in_utf16(json)));
}

TEST_CASE("a day that Excel numbered is read as its date in every column of dates, and said", "[exchange][excel]") {
  // 33010 is 17 May 1990 and 44621 1 March 2022: `date -u -d @$(( (33010-25569)*86400 ))`.
  const auto said = [](const Rapport &report) {
    std::string all;
    for (const Refus &warning : report.avertissements)
      if (warning.motif.find("Excel") != std::string::npos)
        all += warning.place + " " + warning.champ + " [" + warning.valeur + "] " + warning.motif + "\n";
    return all;
  };
  auto journal = store::open_memory();
  Rapport report =
      import_carnet_beneficiaires(*journal,
                                  *memory_bytes("Identifiant dans le SI*;Prénom*;Nom*;Date de naissance*;Code postal\n"
                                                "si-1;Aline;Exemple;33010;77000\n"),
                                  as_of("2022-06-01"), lists());
  CHECK(value(known_of(*journal, "carnet", "si-1", "2022-06-01"), "identite.date_naissance") == "1990-05-17");
  CHECK(value(known_of(*journal, "carnet", "si-1", "2022-06-01"), "adresse.code_postal") == "77000"); // no date
  CHECK(said(report) == "ligne 2 Date de naissance* [33010] un nombre de jours d'Excel : lu comme la date du "
                        "17/05/1990\n");

  for (const std::string form : {"aaaa-mm-jj", "jj/mm/aaaa", "aaaammjj"}) {
    const PlanCsv plan = read_plan_csv(R"({"source": "essai", "cle": "Id", "date": ")" + form + R"(", "identite":
      {"nom": "Nom", "prenom": "Prénom", "date_naissance": "Né"}, "faits": [{"type": "statut", "champs": {"code":
      {"valeur": "rqth"}, "reponse": "R"}, "debut": "Depuis"}]})");
    journal = store::open_memory();
    report = import_csv(*journal, *memory_bytes("Id;Nom;Prénom;Né;R;Depuis\n12345;Exemple;Aline;33010;oui;44621\n"),
                        plan, as_of("2022-06-01"));
    CAPTURE(form, told(report.refuses));
    CHECK(report.lus == 1);
    const Situation known = known_of(*journal, "nom", "EXEMPLE", "2022-06-01");
    CHECK(value(known, "identite.date_naissance") == "1990-05-17");
    REQUIRE(known.find("statut.rqth.reponse") != nullptr);
    CHECK(known.find("statut.rqth.reponse")->dire.effet.debut == day("2022-03-01"));
    const std::string warned = said(report);
    CHECK(std::count(warned.begin(), warned.end(), '\n') == 2);
  }

  journal = store::open_memory();
  report = import_france_travail_extrait(
      *journal,
      *memory_bytes("identifiant_unique_de;nom;prenom;date_naissance;inscription\nft-1;Exemple;Aline;33010;"
                    "44621\n"),
      as_of("2022-06-01"), lists());
  CHECK(report.lus == 1);
  CHECK(said(report).find("inscription [44621]") != std::string::npos);
}

TEST_CASE("a key that Excel wrote as a formula is the key that it keeps, and one dossier", "[exchange][excel]") {
  const auto journal = store::open_memory();
  const std::string head = "Identifiant dans le SI*;Prénom*;Nom*;Date de naissance*;Téléphone\n";
  const auto read_on = [&](std::string_view date, const std::string &rows) {
    return import_carnet_beneficiaires(*journal, *memory_bytes(head + rows), as_of(date), lists());
  };
  CHECK(read_on("2023-01-31", "00123;Ambre;Exemple-Tilleul;1990-05-17;\n").dossiers_nouveaux == 1);
  const Rapport again = read_on("2023-02-28", "\"=\"\"00123\"\"\";Ambre;Exemple-Tilleul;1990-05-17;0639980001\n");
  CHECK(again.lus == 1);
  CHECK(again.dossiers_nouveaux == 0);
  CHECK(bearers(*journal, "carnet", "00123").size() == 1);
  CHECK(bearers(*journal, "carnet", "=\"00123\"").empty());
}
