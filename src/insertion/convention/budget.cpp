#include "spie/convention/budget.hpp"

#include "insertion/convention/money.hpp"
#include "insertion/convention/records.hpp"
#include "rules/json/reader.hpp"

#include <algorithm>

namespace spie::convention {

namespace {

using json::Reader;

// Required; it may be empty.
std::string text(const Reader &from, std::string_view key) {
  const auto found = from.find(key);
  if (!found || !found->value().is(feel::Kind::text))
    from.refuse("the text '" + std::string(key) + "' is missing");
  return found->value().text();
}

// What a parameter is worth: given, or at the date, or last.
feel::Value value_of(const Pack &pack, const Options &options, std::optional<feel::Date> date, const std::string &name,
                     const Reader &from) {
  const PackParameter *parameter = pack.find_parameter(name);
  if (parameter == nullptr || parameter->valeurs.empty())
    from.refuse("the pack has no parameter '" + name + "'");
  for (const auto &[given, value] : options.parametres)
    if (given == name)
      return value;
  return date ? pack.parameter_at(name, *date).valeur : parameter->valeurs.back().valeur;
}

DetailBudget read_detail(const Reader &from, const Pack &pack, const Options &options, std::optional<feel::Date> date) {
  const feel::Number amount = from.number("montant");
  DetailBudget detail{text(from, "libelle"), amount, amount, text(from, "source"), std::nullopt};
  if (const auto written = from.find("calcul")) {
    const Reader calculation = from.as(written->value()); // its amounts are told of the line of detail
    if (!written->is_context())
      written->refuse("an object is expected here");
    CalculBudget calcul{calculation.number("quantite"),
                        calculation.number("prix_unitaire"),
                        calculation.number("periodes"),
                        {},
                        {},
                        {}};
    calcul.attendu = times(times(calcul.quantite, calcul.prix_unitaire), calcul.periodes);
    if (const auto reading = written->find("lecture")) {
      calcul.parametre = text(*reading, "parametre");
      calcul.valeur = text(*reading, "valeur");
      if (feel::identical(value_of(pack, options, date, calcul.parametre, *reading), calcul.valeur))
        detail.montant = calcul.attendu;
    }
    detail.calcul = calcul;
  }
  return detail;
}

void check_line(const LigneBudget &line, std::vector<Diagnostic> &findings) {
  if (!line.detail.empty()) {
    feel::Number sum;
    for (const DetailBudget &detail : line.detail)
      sum = plus(sum, detail.montant_ecrit);
    if (sum != line.montant_ecrit)
      findings.push_back({Code::pack_sum, Level::error,
                          "« " + line.libelle + " » : le détail fait " + euros_fr(sum) + " €, la ligne écrit " +
                              euros_fr(line.montant_ecrit) + " €",
                          line.source, "Vérifier le détail et le montant."});
  }
  for (const DetailBudget &detail : line.detail)
    if (detail.calcul && detail.calcul->attendu != detail.montant_ecrit)
      findings.push_back(
          {Code::pack_calculation, Level::warning,
           "« " + detail.libelle + " » : " + detail.calcul->quantite.to_plain_string() + " × " +
               euros_fr(detail.calcul->prix_unitaire) + " € × " + detail.calcul->periodes.to_plain_string() + " = " +
               euros_fr(detail.calcul->attendu) + " €, le texte écrit " + euros_fr(detail.montant_ecrit) + " €",
           detail.source,
           detail.calcul->parametre.empty()
               ? "Dire par un paramètre lequel des deux fait foi."
               : "Le paramètre « " + detail.calcul->parametre + " » dit lequel des deux fait foi : ici " +
                     (detail.montant == detail.montant_ecrit ? "le montant écrit." : "le calcul.")});
}

const feel::Number *written_total(const Budget &budget, std::string_view name) {
  const auto found =
      std::find_if(budget.totaux.begin(), budget.totaux.end(), [&](const auto &t) { return t.first == name; });
  return found == budget.totaux.end() ? nullptr : &found->second;
}

void check_totals(Budget &budget) {
  const feel::Number *total = written_total(budget, "total");
  if (total != nullptr && *total != budget.total_ecrit)
    budget.constats.push_back({Code::pack_sum, Level::error,
                               "la somme des lignes est de " + euros_fr(budget.total_ecrit) +
                                   " €, le total écrit est de " + euros_fr(*total) + " €",
                               budget.source, "Vérifier les lignes et le total."});
  const feel::Number *state = written_total(budget, "cofinancement_etat");
  const feel::Number *own = written_total(budget, "autofinancement");
  if (state != nullptr && own != nullptr && plus(*state, *own) != budget.total_ecrit)
    budget.constats.push_back({Code::pack_sum, Level::error,
                               "le cofinancement et l'autofinancement font " + euros_fr(plus(*state, *own)) +
                                   " €, le total " + euros_fr(budget.total_ecrit) + " €",
                               budget.source, "Vérifier les deux parts et le total."});
}

} // namespace

const LigneBudget *Budget::find(std::string_view action) const noexcept {
  const auto found =
      std::find_if(lignes.begin(), lignes.end(), [&](const LigneBudget &line) { return line.action == action; });
  return found == lignes.end() ? nullptr : &*found;
}

Budget read_budget(const Pack &pack, const Options &options, std::optional<feel::Date> date) {
  const feel::Value *data = pack.data("budget");
  if (data == nullptr)
    throw Error({Code::pack_file, Level::error, "the pack has no budget", "donnees/budget.json"});
  // One that does not exist, or has no such reading, would be left aside without a word.
  for (const auto &[name, value] : options.parametres) {
    pack.parameter_at(name, date.value_or(pack.period_start()));
    const std::vector<ParameterReading> &readings = pack.find_parameter(name)->lectures;
    if (!readings.empty() && std::none_of(readings.begin(), readings.end(), [&](const ParameterReading &reading) {
          return feel::identical(reading.valeur, value);
        }))
      throw Error({Code::pack_parameter_type, Level::error,
                   value.to_string() + " is no reading of the parameter '" + name + "'", "parameter '" + name + "'"});
  }
  const Reader from(*data, "donnees/budget.json, /", {Code::pack_json});
  Budget budget;
  budget.id = text(from, "id");
  budget.titre = text(from, "titre");
  budget.monnaie = text(from, "monnaie");
  budget.article = text(from, "article");
  budget.source = text(from, "source");
  for (const Reader &line_from : from.items("lignes")) {
    const feel::Number amount = line_from.number("montant");
    LigneBudget line{text(line_from, "action"),
                     text(line_from, "libelle"),
                     text(line_from, "nature"),
                     amount,
                     amount,
                     text(line_from, "source"),
                     {}};
    if (budget.find(line.action) != nullptr)
      line_from.refuse("the action '" + line.action + "' stands twice");
    if (const auto detail = line_from.find("detail"); detail && !detail->value().is(feel::Kind::list))
      line_from.refuse("'detail' is not a list");
    for (const Reader &entry : line_from.items("detail")) {
      DetailBudget detail = read_detail(entry, pack, options, date);
      line.montant = plus(line.montant, minus(detail.montant, detail.montant_ecrit));
      line.detail.push_back(std::move(detail));
    }
    budget.total = plus(budget.total, line.montant);
    budget.total_ecrit = plus(budget.total_ecrit, line.montant_ecrit);
    check_line(line, budget.constats);
    budget.lignes.push_back(std::move(line));
  }
  if (from.holds("totaux")) {
    const Reader totals = from.at("totaux");
    for (const auto &[name, amount] : totals.entries())
      budget.totaux.emplace_back(name, totals.number(name));
  }
  check_totals(budget);
  return budget;
}

feel::Value to_value(const Budget &budget) { return record::to_context(budget); }

} // namespace spie::convention
