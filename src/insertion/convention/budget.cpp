#include "spie/convention/budget.hpp"

#include "insertion/convention/money.hpp"
#include "insertion/convention/records.hpp"

#include <algorithm>

namespace spie::convention {

namespace {

// Reads the pack's data and says where it is not as it should be.
class Reader {
public:
  [[noreturn]] static void refuse(const std::string &where, const std::string &message) {
    throw Error({Code::pack_json, Level::error, message, "donnees/budget.json, " + where});
  }
  static const feel::Context &context(const feel::Value &value, const std::string &where) {
    if (!value.is(feel::Kind::context))
      refuse(where, "an object is expected");
    return value.context();
  }
  static std::string text(const feel::Context &from, std::string_view key, const std::string &where) {
    const feel::Value *value = from.find(key);
    if (value == nullptr || !value->is(feel::Kind::text))
      refuse(where, "the text '" + std::string(key) + "' is missing");
    return value->text();
  }
  // A number, or its text: JSON files of packs write amounts as texts, to keep their decimals.
  static feel::Number number(const feel::Value &value, std::string_view key, const std::string &where) {
    if (value.is(feel::Kind::number))
      return value.number();
    if (value.is(feel::Kind::text))
      if (const auto number = feel::Number::parse(value.text()))
        return *number;
    refuse(where, "'" + std::string(key) + "' is not a number");
  }
  static feel::Number number(const feel::Context &from, std::string_view key, const std::string &where) {
    const feel::Value *value = from.find(key);
    if (value == nullptr)
      refuse(where, "the amount '" + std::string(key) + "' is missing");
    return number(*value, key, where);
  }
  static const feel::List &list(const feel::Context &from, std::string_view key, const std::string &where) {
    static const feel::List none;
    const feel::Value *value = from.find(key);
    if (value == nullptr || value->is_null())
      return none;
    if (!value->is(feel::Kind::list))
      refuse(where, "'" + std::string(key) + "' is not a list");
    return value->list();
  }
};

// What a parameter is worth: given, or at the date, or last.
feel::Value value_of(const Pack &pack, const Options &options, std::optional<feel::Date> date, const std::string &name,
                     const std::string &where) {
  const PackParameter *parameter = pack.find_parameter(name);
  if (parameter == nullptr || parameter->valeurs.empty())
    Reader::refuse(where, "the pack has no parameter '" + name + "'");
  for (const auto &[given, value] : options.parametres)
    if (given == name)
      return value;
  return date ? pack.parameter_at(name, *date).valeur : parameter->valeurs.back().valeur;
}

DetailBudget read_detail(const feel::Value &value, const std::string &where, const Pack &pack, const Options &options,
                         std::optional<feel::Date> date) {
  const feel::Context &from = Reader::context(value, where);
  const feel::Number amount = Reader::number(from, "montant", where);
  DetailBudget detail{Reader::text(from, "libelle", where), amount, amount, Reader::text(from, "source", where),
                      std::nullopt};
  if (const feel::Value *written = from.find("calcul"); written != nullptr && !written->is_null()) {
    const feel::Context &calculation = Reader::context(*written, where + "/calcul");
    CalculBudget calcul{Reader::number(calculation, "quantite", where),
                        Reader::number(calculation, "prix_unitaire", where),
                        Reader::number(calculation, "periodes", where),
                        {},
                        {},
                        {}};
    calcul.attendu = times(times(calcul.quantite, calcul.prix_unitaire), calcul.periodes);
    if (const feel::Value *reading = calculation.find("lecture"); reading != nullptr && !reading->is_null()) {
      const std::string there = where + "/calcul/lecture";
      const feel::Context &named = Reader::context(*reading, there);
      calcul.parametre = Reader::text(named, "parametre", there);
      calcul.valeur = Reader::text(named, "valeur", there);
      if (feel::identical(value_of(pack, options, date, calcul.parametre, there), calcul.valeur))
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
  const feel::Context &from = Reader::context(*data, "/");
  Budget budget;
  budget.id = Reader::text(from, "id", "/");
  budget.titre = Reader::text(from, "titre", "/");
  budget.monnaie = Reader::text(from, "monnaie", "/");
  budget.article = Reader::text(from, "article", "/");
  budget.source = Reader::text(from, "source", "/");
  for (const feel::Value &value : Reader::list(from, "lignes", "/lignes")) {
    const std::string where = "/lignes/" + std::to_string(budget.lignes.size());
    const feel::Context &line_from = Reader::context(value, where);
    const feel::Number amount = Reader::number(line_from, "montant", where);
    LigneBudget line{Reader::text(line_from, "action", where),
                     Reader::text(line_from, "libelle", where),
                     Reader::text(line_from, "nature", where),
                     amount,
                     amount,
                     Reader::text(line_from, "source", where),
                     {}};
    if (budget.find(line.action) != nullptr)
      Reader::refuse(where, "the action '" + line.action + "' stands twice");
    for (const feel::Value &entry : Reader::list(line_from, "detail", where)) {
      DetailBudget detail =
          read_detail(entry, where + "/detail/" + std::to_string(line.detail.size()), pack, options, date);
      line.montant = plus(line.montant, minus(detail.montant, detail.montant_ecrit));
      line.detail.push_back(std::move(detail));
    }
    budget.total = plus(budget.total, line.montant);
    budget.total_ecrit = plus(budget.total_ecrit, line.montant_ecrit);
    check_line(line, budget.constats);
    budget.lignes.push_back(std::move(line));
  }
  if (const feel::Value *totals = from.find("totaux"); totals != nullptr)
    for (const auto &[name, value] : Reader::context(*totals, "/totaux"))
      budget.totaux.emplace_back(name, Reader::number(value, name, "/totaux"));
  check_totals(budget);
  return budget;
}

feel::Value to_value(const Budget &budget) { return record::to_context(budget); }

} // namespace spie::convention
