#include "spie/convention/registre.hpp"

#include "insertion/convention/decisions.hpp"
#include "insertion/convention/ledger_rows.hpp"
#include "insertion/convention/records.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include "spie/dmn/values.hpp"

#include <algorithm>
#include <unordered_set>

namespace spie::convention {

namespace {

// In the order of the columns of docs/convention-argent.md; the indices below name them.
enum Field : std::size_t {
  id,
  date,
  action,
  nature,
  libelle,
  fournisseur,
  montant,
  axe,
  date_paiement,
  piece,
  necessaire,
  cofinancement,
  montant_cofinance,
};

const std::vector<Column> expense_columns{{"id"},
                                          {"date"},
                                          {"action"},
                                          {"nature"},
                                          {"libelle", false},
                                          {"fournisseur", false},
                                          {"montant"},
                                          {"axe", false},
                                          {"date_paiement", false},
                                          {"piece", false},
                                          {"necessaire", false},
                                          {"cofinancement", false},
                                          {"montant_cofinance", false}};

const std::vector<Column> payment_columns{{"date"}, {"montant"}, {"libelle", false}, {"sens", false, false}};
const std::vector<std::string> payment_ways{std::string(sens_versement), std::string(sens_remboursement)};

std::string take_word(Recorder &recorder, std::string_view field, const Cell &cell,
                      const std::vector<std::string> &allowed, bool may_be_empty) {
  if (cell.empty()) {
    if (!may_be_empty)
      recorder.refuse(Code::ledger_value, field, {}, "la valeur manque",
                      allowed.empty() ? "La donner." : "Écrire " + listed(allowed) + ".");
    return {};
  }
  if (allowed.empty())
    return cell.text;
  const std::string word = ascii_lower(cell.text);
  if (std::find(allowed.begin(), allowed.end(), word) != allowed.end())
    return word;
  const std::string *near = nearest(cell.text, allowed);
  recorder.refuse(Code::ledger_value, field, cell.text, "cette valeur n'est pas admise",
                  (near != nullptr ? "Peut-être « " + *near + " » ; écrire " : "Écrire ") + listed(allowed) +
                      (may_be_empty ? ", ou laisser vide." : "."));
  return {};
}

class ExpenseTaker {
public:
  ExpenseTaker(const Pack &pack, Registre &registre)
      : registre_(registre), actions_(allowed_words(pack, "action")), natures_(allowed_words(pack, "nature")),
        axes_(allowed_words(pack, "axe")), needs_(allowed_words(pack, "necessaire")) {
    // The file leaves the cell empty instead.
    std::erase(axes_, no_axis);
    std::erase(needs_, unknown_need);
  }

  void operator()(Recorder &recorder, const std::vector<Cell> &cells) {
    Depense line;
    line.ligne = recorder.line();
    line.id = cells[id].text;
    if (line.id.empty())
      recorder.refuse(Code::ledger_value, "id", {}, "l'identifiant manque", "Donner à chaque ligne un identifiant.");
    else if (ids_.contains(line.id))
      recorder.refuse(Code::ledger_duplicate, "id", line.id,
                      "cet identifiant est déjà celui d'une ligne lue, qui reste",
                      "Donner à chaque ligne son identifiant.");
    line.date = take_date(recorder, "date", cells[date]);
    line.action = take_word(recorder, "action", cells[action], actions_, false);
    line.nature = take_word(recorder, "nature", cells[nature], natures_, false);
    line.libelle = cells[libelle].text;
    line.fournisseur = cells[fournisseur].text;
    const bool amount_read = take_amount(recorder, cells, line);
    line.axe = take_word(recorder, "axe", cells[axe], axes_, true);
    if (!cells[date_paiement].empty())
      line.date_paiement = take_date(recorder, "date_paiement", cells[date_paiement]);
    line.piece = cells[piece].text;
    line.necessaire = take_word(recorder, "necessaire", cells[necessaire], needs_, true);
    take_cofinancing(recorder, cells, line, amount_read);

    if (recorder.end()) {
      ids_.insert(line.id);
      registre_.depenses.push_back(std::move(line));
    }
  }

private:
  static bool take_amount(Recorder &recorder, const std::vector<Cell> &cells, Depense &line) {
    const bool faulty_before = recorder.faulty();
    const feel::Number amount = take_montant(recorder, "montant", cells[montant]);
    line.montant = amount;
    return recorder.faulty() == faulty_before && !amount.is_zero();
  }

  static void take_cofinancing(Recorder &recorder, const std::vector<Cell> &cells, Depense &line, bool amount_read) {
    const std::string &origin = cells[cofinancement].text;
    const Cell &share = cells[montant_cofinance];
    if (origin.empty()) {
      if (!share.empty() && !take_montant(recorder, "montant_cofinance", share, true).is_zero())
        recorder.refuse(Code::ledger_cofinancing, "cofinancement", {},
                        "un montant cofinancé est donné sans cofinanceur", "Écrire « etat:NOM » ou « autre:NOM ».");
      return;
    }
    const std::size_t colon = origin.find(':');
    const std::string kind = ascii_lower(trimmed(origin.substr(0, colon)));
    const std::string_view who =
        colon == std::string::npos ? std::string_view() : trimmed(std::string_view(origin).substr(colon + 1));
    if ((kind != "etat" && kind != "autre") || who.empty())
      recorder.refuse(Code::ledger_value, "cofinancement", origin, "cette valeur n'est pas admise",
                      "Écrire « etat:NOM » ou « autre:NOM », ou laisser vide.");
    else if (who.find(':') != std::string_view::npos)
      recorder.refuse(Code::ledger_cofinancing, "cofinancement", origin, "la case nomme plus d'un cofinanceur",
                      "Partager la dépense : une ligne pour chaque cofinanceur, avec son montant.");
    line.cofinancement = kind + ":" + std::string(who);
    if (share.empty()) {
      recorder.refuse(Code::ledger_cofinancing, "montant_cofinance", {}, "le montant cofinancé manque",
                      "Écrire la part que ce cofinanceur paie.");
      return;
    }
    const feel::Number amount = take_montant(recorder, "montant_cofinance", share);
    line.montant_cofinance = amount;
    if (amount_read && amount > line.montant)
      recorder.refuse(Code::ledger_cofinancing, "montant_cofinance", share.text,
                      "le montant cofinancé dépasse celui de la ligne", "Vérifier les deux montants.");
  }

  Registre &registre_;
  std::vector<std::string> actions_, natures_, axes_, needs_;
  std::unordered_set<std::string> ids_;
};

class PaymentTaker {
public:
  explicit PaymentTaker(Versements &versements) : versements_(versements) {}
  void operator()(Recorder &recorder, const std::vector<Cell> &cells) const {
    Versement payment;
    payment.ligne = recorder.line();
    payment.date = take_date(recorder, "date", cells[0]);
    payment.montant = take_montant(recorder, "montant", cells[1], false,
                                   "Écrire le montant sans signe, et « remboursement » dans la colonne « sens ».");
    payment.libelle = cells[2].text;
    if (const std::string way = take_word(recorder, "sens", cells[3], payment_ways, true); !way.empty())
      payment.sens = way;
    if (recorder.end())
      versements_.versements.push_back(std::move(payment));
  }

private:
  Versements &versements_;
};

} // namespace

Registre read_registre_csv(std::string_view bytes, std::string_view name, const Pack &pack,
                           const ReadOptions &options) {
  Registre registre;
  ExpenseTaker taker(pack, registre);
  read_csv(bytes, name, expense_columns, options, registre.lecture, std::ref(taker));
  return registre;
}

Registre registre_from_value(const feel::Value &value, std::string_view name, const Pack &pack,
                             const ReadOptions &options) {
  Registre registre;
  ExpenseTaker taker(pack, registre);
  read_values(value, name, "depenses", expense_columns, options, registre.lecture, std::ref(taker));
  return registre;
}

Registre read_registre_json(std::string_view bytes, std::string_view name, const Pack &pack,
                            const ReadOptions &options) {
  return registre_from_value(read_bounded_json(bytes, name, options), name, pack, options);
}

Registre read_registre(std::string_view bytes, std::string_view name, const Pack &pack, const ReadOptions &options) {
  return looks_like_json(bytes) ? read_registre_json(bytes, name, pack, options)
                                : read_registre_csv(bytes, name, pack, options);
}

Versements read_versements_csv(std::string_view bytes, std::string_view name, const ReadOptions &options) {
  Versements versements;
  read_csv(bytes, name, payment_columns, options, versements.lecture, PaymentTaker(versements));
  return versements;
}

Versements versements_from_value(const feel::Value &value, std::string_view name, const ReadOptions &options) {
  Versements versements;
  read_values(value, name, "versements", payment_columns, options, versements.lecture, PaymentTaker(versements));
  return versements;
}

Versements read_versements_json(std::string_view bytes, std::string_view name, const ReadOptions &options) {
  return versements_from_value(read_bounded_json(bytes, name, options), name, options);
}

Versements read_versements(std::string_view bytes, std::string_view name, const ReadOptions &options) {
  return looks_like_json(bytes) ? read_versements_json(bytes, name, options)
                                : read_versements_csv(bytes, name, options);
}

feel::Value to_value(const Refus &refus) { return record::to_context(refus); }

feel::Value to_value(const CompteRendu &lecture) { return record::to_context(lecture); }

feel::Value to_value(const Registre &registre) { return record::to_context(registre); }

feel::Value to_value(const Versements &versements) { return record::to_context(versements); }

} // namespace spie::convention
