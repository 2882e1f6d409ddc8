#include "tests/insertion/support.hpp"

#include <algorithm>

using namespace spie;
using namespace spie::convention;
using namespace spie::convention::testing;

namespace {

Echeancier schedule(const char *facts, const std::string &date, const Options &options = {}) {
  return echeancier(seine_et_marne(), read_json(facts), day(date), options);
}

const Echeance &duty(const Echeancier &schedule, std::string_view id) {
  const auto found =
      std::find_if(schedule.echeances.begin(), schedule.echeances.end(), [&](const Echeance &e) { return e.id == id; });
  INFO(id);
  REQUIRE(found != schedule.echeances.end());
  return *found;
}

} // namespace

TEST_CASE("a duty is to do until its day, late after it, done when a fact says so", "[echeancier]") {
  const char *signed_only = R"({"date_signature": "2022-03-10"})";
  CHECK(duty(schedule(signed_only, "2022-03-25"), "premier-versement").etat == "a_faire");
  CHECK(duty(schedule(signed_only, "2022-03-26"), "premier-versement").etat == "en_retard");
  const Echeance late = duty(schedule(signed_only, "2022-03-26"), "premier-versement");
  CHECK(late.date == day("2022-03-25"));
  CHECK(late.debiteur == "administration");
  CHECK(late.article == "art-6-al1");

  const char *paid = R"({"date_signature": "2022-03-10", "echeances_faites": {"premier-versement": "2022-03-28"}})";
  CHECK(duty(schedule(paid, "2022-04-01"), "premier-versement").etat == "faite_en_retard");
  CHECK(duty(schedule(paid, "2022-03-27"), "premier-versement").etat == "en_retard"); // not done yet on that day
  CHECK(duty(schedule(paid, "2022-03-27"), "premier-versement").faite_le == std::nullopt);

  const char *report = R"({"date_signature": "2022-03-10", "bilan_financier_produit": {"@date": "2024-03-31"}})";
  CHECK(duty(schedule(report, "2024-04-10"), "bilan-financier").etat == "faite");
  CHECK(duty(schedule(report, "2024-04-10"), "bilan-mise-en-oeuvre").etat == "en_retard");
}

TEST_CASE("what is no duty is never late: a right opens, a day comes by itself", "[echeancier]") {
  const char *facts = R"({"date_signature": "2022-03-10", "bilan_financier_produit": "2024-03-29",
                          "bilan_mise_en_oeuvre_produit": "2024-03-15", "date_mise_en_demeure": "2023-12-31",
                          "mise_en_demeure_sans_effet": "oui"})";
  const Echeancier later = schedule(facts, "2024-12-31");
  CHECK(duty(later, "solde").etat == "ouverte");
  CHECK(duty(later, "solde").date == day("2024-03-29"));
  CHECK(duty(later, "resiliation").etat == "ouverte");
  CHECK(duty(later, "resiliation").date == day("2024-03-01")); // the day after the last one of the two months
  CHECK(duty(later, "debut-execution").etat == "passee");
  CHECK(duty(later, "avenant").etat == "passee");
  CHECK(duty(schedule(facts, "2024-03-28"), "solde").etat == "a_venir");
  for (const Echeance &late : later.echeances)
    if (late.etat == "en_retard")
      CHECK(late.genre == "obligation");
}

TEST_CASE("without its trigger a duty waits, and names the fact that would date it", "[echeancier]") {
  const Echeancier unknown = schedule("{}", "2022-06-01");
  CHECK(unknown.echeances.size() == 22);
  const Echeance &payment = duty(unknown, "premier-versement");
  CHECK(payment.etat == "en_attente");
  CHECK(!payment.date);
  CHECK(payment.manquants == std::vector<std::string>{"date_signature"});
  CHECK(duty(unknown, "solde").manquants ==
        std::vector<std::string>{"bilan_financier_produit", "bilan_mise_en_oeuvre_produit"});
  CHECK(duty(unknown, "compte-rendu").etat == "recurrente");
  CHECK(duty(unknown, "definition-indicateurs").etat == "en_retard"); // dated by the convention itself
  CHECK(duty(unknown, "recours").etat == "en_attente");
}

TEST_CASE("an over-payment is due the day the final report is produced, and late the day after", "[echeancier]") {
  const std::string_view id = "remboursement-trop-percu";
  const auto at = [&](const char *facts, const char *date) { return duty(schedule(facts, date), id); };
  const char *owed = R"({"bilan_financier_produit": "2024-03-29", "trop_percu": "1250.40"})";
  CHECK(at(owed, "2024-03-29").etat == "a_faire");
  CHECK(at(owed, "2024-03-30").etat == "en_retard");
  CHECK(at(owed, "2024-03-30").date == day("2024-03-29"));
  CHECK(at(owed, "2024-03-30").genre == "obligation");

  const char *repaid = R"({"bilan_financier_produit": "2024-03-29", "trop_percu": 1250.40,
                           "trop_percu_rembourse": "2024-04-02"})";
  CHECK(at(repaid, "2024-04-01").etat == "en_retard");
  CHECK(at(repaid, "2024-04-02").etat == "faite_en_retard");

  const Echeance unknown = at(R"({"bilan_financier_produit": "2024-03-29"})", "2024-04-02");
  CHECK(unknown.etat == "en_attente");
  CHECK(unknown.manquants == std::vector<std::string>{"trop_percu"});

  for (const Echeance &one : schedule(R"({"trop_percu": 0})", "2024-04-02").echeances)
    CHECK(one.id != id);
}

TEST_CASE("what is owed during the convention is past the day after it", "[echeancier]") {
  const Echeancier last = schedule("{}", "2023-12-31");
  const Echeancier after = schedule("{}", "2024-01-01");
  for (const char *id :
       {"compte-rendu", "dynamique-nationale", "indicateurs", "donnees-evaluation", "publicite", "controle-annuel"}) {
    CHECK(duty(last, id).etat == "recurrente");
    CHECK(duty(last, id).fin == day("2023-12-31"));
    CHECK(duty(after, id).etat == "passee");
  }
  CHECK(duty(after, "acces-pieces").etat == "recurrente"); // during, and at the term
  CHECK(duty(last, "controle-final").date == day("2023-12-31"));
  CHECK(duty(schedule("{}", "2023-12-30"), "controle-final").etat == "a_venir");
  CHECK(duty(after, "controle-final").etat == "ouverte"); // the text sets no day: never late
}

TEST_CASE("a formal notice that had its effect opens no termination", "[echeancier]") {
  const Echeance heeded =
      duty(schedule(R"({"date_mise_en_demeure": "2023-01-31", "mise_en_demeure_sans_effet": "non"})", "2023-06-01"),
           "resiliation");
  CHECK(heeded.etat == "en_attente");
  CHECK(heeded.manquants.empty());
  const Echeance unknown = duty(schedule(R"({"date_mise_en_demeure": "2023-01-31"})", "2023-06-01"), "resiliation");
  CHECK(unknown.etat == "en_attente");
  CHECK(unknown.manquants == std::vector<std::string>{"mise_en_demeure_sans_effet"});
}

TEST_CASE("dated duties come first, by date", "[echeancier]") {
  const Echeancier all = schedule(R"({"date_signature": "2022-12-20"})", "2023-01-01");
  const auto undated =
      std::find_if(all.echeances.begin(), all.echeances.end(), [](const Echeance &e) { return !e.date; });
  CHECK(std::is_sorted(all.echeances.begin(), undated,
                       [](const Echeance &a, const Echeance &b) { return *a.date < *b.date; }));
  CHECK(std::all_of(undated, all.echeances.end(), [](const Echeance &e) { return !e.date; }));
}

TEST_CASE("the reading of the first payment moves its day", "[echeancier]") {
  const char *facts = R"({"date_signature": "2022-12-20"})";
  CHECK(duty(schedule(facts, "2022-12-20"), "premier-versement").date == day("2023-01-04"));
  const Options within_2022{{{"lecture_premier_versement", "exercice_2022"}}};
  CHECK(duty(schedule(facts, "2022-12-20", within_2022), "premier-versement").date == day("2022-12-31"));
}

TEST_CASE("the pack says which fact shows that a duty is done", "[echeancier]") {
  const feel::Value facts = read_json(R"({"bilan_financier_produit": "2024-03-20"})");
  const std::string proof = "<text>&quot;bilan_financier_produit&quot;</text>";
  const auto unproved = changed("echeances.dmn", proof, "<text>null</text>");
  CHECK(duty(echeancier(seine_et_marne(), facts, day("2024-04-10")), "bilan-financier").etat == "faite");
  CHECK(duty(echeancier(*unproved, facts, day("2024-04-10")), "bilan-financier").etat == "en_retard");

  const auto other = changed("echeances.dmn", proof, "<text>&quot;date_mise_en_demeure&quot;</text>");
  const feel::Value notice = read_json(R"({"date_mise_en_demeure": "2024-03-20"})");
  CHECK(duty(echeancier(*other, notice, day("2024-04-10")), "bilan-financier").faite_le == day("2024-03-20"));

  const auto wrong = changed("echeances.dmn", proof, "<text>&quot;bilan_financer_produit&quot;</text>");
  CHECK(code_of([&] { echeancier(*wrong, facts, day("2024-04-10")); }) == "P011");
}

TEST_CASE("a duty without a kind is refused, not taken for an obligation", "[echeancier]") {
  const auto pack = changed("echeances.dmn", "<text>&quot;repere&quot;</text>\n        </outputEntry>",
                            "<text>null</text>\n        </outputEntry>");
  CHECK(code_of([&] { echeancier(*pack, {}, day("2024-04-10")); }) == "P011");
}

TEST_CASE("the words of a duty follow the parameters", "[echeancier]") {
  const Echeance first = duty(schedule("{}", "2022-06-01"), "premier-versement");
  CHECK(first.libelle == "Verser 60 % du montant prévisionnel");
  CHECK(first.condition == "dans les 15 jours suivant la signature, même après la fin de 2022");
  const Options changed_values{{{"taux_premier_versement", number("0.5")},
                                {"delai_premier_versement", feel::DaysDuration::parse("P30D").value()},
                                {"delai_mise_en_demeure", feel::MonthsDuration::parse("P3M").value()}}};
  const Echeancier changed = schedule("{}", "2022-06-01", changed_values);
  CHECK(duty(changed, "premier-versement").libelle == "Verser 50 % du montant prévisionnel");
  CHECK(duty(changed, "premier-versement").condition ==
        "dans les 30 jours suivant la signature, même après la fin de 2022");
  CHECK(duty(changed, "resiliation").condition == "3 mois après l'envoi");
}

TEST_CASE("facts and duties that the pack does not have are refused", "[echeancier]") {
  CHECK(code_of([] { schedule(R"({"date_signatur": "2022-03-10"})", "2022-06-01"); }) == "P015");
  CHECK(code_of([] { schedule(R"({"echeances_faites": {"premier-versment": "2022-03-10"}})", "2022-06-01"); }) ==
        "P015");
  CHECK(code_of([] { schedule(R"({"echeances_faites": {"premier-versement": "hier"}})", "2022-06-01"); }) == "P016");
  CHECK(code_of([] { schedule(R"({"echeances_faites": ["premier-versement"]})", "2022-06-01"); }) == "P016");
  CHECK(code_of([] { schedule(R"({"date_etat": "2022-03-10"})", "2022-06-01"); }) == "P015");
  CHECK(code_of([] { schedule(R"({"fin_recurrence": "2022-03-10"})", "2022-06-01"); }) == "P015");
}

TEST_CASE("the schedule is data", "[echeancier]") {
  const feel::Value value = to_value(schedule(R"({"date_signature": "2022-03-10"})", "2022-06-01"));
  const feel::List &duties = value.context().find("echeances")->list();
  CHECK(duties.size() == 22);
  CHECK(write_json(duties.at(0)).find(R"("id":"debut-execution")") != std::string::npos);
}
