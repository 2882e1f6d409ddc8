// A CSV by its plan: each line is someone, and states what the plan makes of its cells.
#include "spie/exchange/csv_plan.hpp"

#include "exchange/controles.hpp"
#include "exchange/csv_import.hpp"
#include "exchange/csv_valeurs.hpp"
#include "exchange/enonces.hpp"
#include "insertion/dossier/attache.hpp"
#include "insertion/dossier/inconnu.hpp"
#include "spie/dossier/situation.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace spie::exchange {

namespace {

constexpr std::size_t most_found = 50; // of one key, each with a birth date

// The columns that the plan makes dates of.
std::vector<std::pair<std::string_view, std::string_view>> dates_of(const PlanCsv &plan) {
  std::vector<std::pair<std::string_view, std::string_view>> dates;
  const auto date = [&](const ChampPlan &field) {
    for (const std::string &column : field.colonnes)
      dates.emplace_back(column, field.forme.empty() ? plan.date : field.forme);
  };
  const auto fields = [&](std::string_view type, const std::vector<ChampPlan> &from) {
    const auto known = dossier::find_type(type)->champs;
    for (const ChampPlan &field : from) {
      const auto target = std::find_if(known.begin(), known.end(), [&](const auto &f) { return f.nom == field.nom; });
      if (target != known.end() && field.liste.empty() &&
          (target->nature == dossier::Nature::date || target->nature == dossier::Nature::mois))
        date(field);
    }
  };
  fields("identite", plan.identite);
  for (const FaitPlan &fact : plan.faits) {
    fields(fact.type, fact.champs);
    for (const auto *day : {&fact.debut, &fact.fin})
      if (*day)
        date(**day);
  }
  return dates;
}

FormatCsv format(const PlanCsv &plan) {
  FormatCsv made;
  made.nom = "csv";
  made.source = plan.source;
  made.nomenclature = plan.nomenclature.empty() ? plan.source : plan.nomenclature;
  made.manquant = plan.manquant;
  made.separateur = plan.separateur;
  made.encodage = plan.encodage.empty()      ? CsvEncoding::guessed
                  : plan.encodage == "utf-8" ? CsvEncoding::utf8
                                             : CsvEncoding::windows_1252;
  made.conseil = "Corriger le plan, ou demander cette colonne : tout ce que le plan nomme doit y être.";
  std::set<std::string_view> named;
  const auto ask = [&](const std::vector<std::string> &columns, bool nir) {
    for (const std::string &column : columns)
      if (named.insert(column).second)
        made.colonnes.push_back({column, true, nir});
  };
  ask(plan.cle, true);
  for (const ChampPlan &field : plan.identite)
    if (field.nom == "nir")
      ask(field.colonnes, true);
  for (const ChampPlan &field : plan.identite)
    ask(field.colonnes, false);
  for (const FaitPlan &fact : plan.faits) {
    for (const ChampPlan &field : fact.champs)
      ask(field.colonnes, false);
    for (const auto *day : {&fact.debut, &fact.fin})
      if (*day)
        ask((*day)->colonnes, false);
  }
  made.dates = dates_of(plan);
  return made;
}

class Lignes {
public:
  Lignes(dossier::Journal &journal, const PlanCsv &plan, std::optional<dossier::Sujet> personne)
      : journal_(journal), plan_(plan), personne_(std::move(personne)) {}

  bool take(Session &session, const RangeeCsv &row) {
    return plan_.identite.empty() ? complete(session, row) : take_identity(session, row);
  }

private:
  // The line of somebody known already.
  bool complete(Session &session, const RangeeCsv &row) {
    std::string key;
    if (personne_)
      key = personne_->id;
    const auto whom = personne_ ? personne_ : known(session, row, key);
    if (!whom)
      return false;
    Fil fil(session, *whom, key);
    for (const FaitPlan &one : plan_.faits)
      fact({session, fil, row.place()}, row, one);
    fil.observe({});
    return true;
  }

  // Who has the key of the line in the source `cle_de`, whose own key may go on with a birth date.
  std::optional<dossier::Sujet> known(Session &session, const RangeeCsv &row, std::string &key) {
    const auto refuse = [&](std::string motif, std::string remede) {
      session.refuse(Code::import_key, row.place(), plan_.cle.front(), row[plan_.cle.front()], std::move(motif),
                     std::move(remede), true);
      return std::nullopt;
    };
    std::vector<std::string> keys{{}};
    for (const std::string &column : plan_.cle) {
      const std::string &cell = row[column];
      if (cell.empty())
        return refuse("la clé manque", "Corriger la ligne à la source, et la renvoyer.");
      // No NIR stands in a key: its fingerprint does, by whichever key of the store it was made.
      const auto nir = dossier::read_nir(cell);
      const auto parts = nir ? journal_.nir_fingerprints(nir->treize) : std::vector{cell};
      std::vector<std::string> longer;
      for (const std::string &start : keys)
        for (const std::string &part : parts)
          longer.push_back(start.empty() ? part : start + "/" + part);
      keys = std::move(longer);
    }
    std::vector<dossier::Sujet> found;
    for (const std::string &one : keys)
      for (const dossier::Sujet &subject : keyed(one))
        if (const auto holds = dossier::holder(journal_, subject);
            std::find(found.begin(), found.end(), holds) == found.end())
          found.push_back(holds);
    if (found.empty())
      return refuse("personne n'est connu sous cette clé dans la source « " + plan_.cle_de + " »",
                    "Vérifier la clé, ou lire d'abord un fichier de cette source : ce plan ne fait aucun dossier.");
    if (found.size() > 1)
      return refuse("plusieurs personnes ont cette clé dans la source « " + plan_.cle_de + " »",
                    "Lire le fichier de chacune avec --personne, par un plan sans clé.");
    key = keys.front();
    return found.front();
  }

  std::vector<dossier::Sujet> keyed(const std::string &key) {
    const std::string source = plan_.cle_de + "|";
    std::vector<dossier::Sujet> found;
    const auto keep = [&](const dossier::Sujet &subject, const std::string &whole) {
      if (subject.genre == dossier::Genre::personne &&
          dossier::still_attached(journal_, subject, plan_.cle_de, whole.substr(source.size())))
        found.push_back(subject);
    };
    for (const dossier::Sujet &subject : journal_.lookup("source", source + key))
      keep(subject, source + key);
    const std::string dated = source + key + "|";
    for (const dossier::Trouve &one : journal_.keyed("source", dated, {}, most_found))
      if (one.valeur.size() == dated.size() || read_date_forme(one.valeur.substr(dated.size()), "aaaa-mm-jj"))
        keep(one.sujet, one.valeur);
    return found;
  }

  bool take_identity(Session &session, const RangeeCsv &row) {
    feel::Context identity;
    const auto releve = identity_of(session, row, identity);
    if (!releve)
      return false;
    const auto state_all = [&](const Contexte &context) {
      said(context, "identite", identity, {}, {});
      for (const FaitPlan &one : plan_.faits)
        fact(context, row, one);
    };
    if (!plan_.plusieurs_lignes) {
      take_person(session, persons_, row, *releve, state_all);
      return true;
    }
    Fil fil(session, session.attach(*releve, row.place()), releve->cle);
    state_all({session, fil, row.place()});
    fil.observe({});
    return true;
  }

  std::optional<dossier::Releve> identity_of(Session &session, const RangeeCsv &row, feel::Context &identity) {
    const auto refuse = [&](const std::string &column, std::string motif) {
      session.refuse(Code::import_key, row.place(), column, row[column], std::move(motif),
                     "Corriger la ligne à la source, et la renvoyer.", true);
      return std::nullopt;
    };
    dossier::Releve releve;
    for (const std::string &column : plan_.cle) {
      // No NIR stands in a key: its fingerprint does.
      const auto nir = dossier::read_nir(row[column]);
      if (nir)
        releve.nir = row[column];
      const std::string part = nir ? journal_.nir_fingerprints(nir->treize).front() : row[column];
      if (part.empty())
        return refuse(column, "la clé manque");
      releve.cle += (releve.cle.empty() ? "" : "/") + part;
    }
    if (!is_key(releve.cle))
      return refuse(plan_.cle.front(), "la clé a plus de 100 octets");
    return read_identity(session, row, identity, std::move(releve), refuse);
  }

  template <class Refuse>
  std::optional<dossier::Releve> read_identity(Session &session, const RangeeCsv &row, feel::Context &identity,
                                               dossier::Releve releve, const Refuse &refuse) {
    for (const ChampPlan &field : plan_.identite) {
      if (field.nom != "nir") {
        take_field(session, row, "identite", field, identity);
        continue;
      }
      const std::string &nir = row[field.colonnes.front()];
      if (dossier::read_nir(nir))
        releve.nir = nir;
      else if (!nir.empty())
        if (const auto fault = nir_fault(nir))
          session.refuse(Code::import_value, row.place(), field.colonnes.front(), dossier::masked_nir(nir),
                         fault->motif, fault->remede);
    }
    const auto text = [&](std::string_view field) {
      const feel::Value *value = identity.find(field);
      return value == nullptr ? std::string() : value->to_string();
    };
    for (const ChampPlan &field : plan_.identite)
      if ((field.nom == "nom" || field.nom == "prenom") && !is_key(text(field.nom)))
        return refuse(field.colonnes.empty() ? field.nom : field.colonnes.front(),
                      "le nom ou le prénom manque, ou a plus de 100 octets");
    const feel::Value *birth = identity.find("date_naissance");
    const std::string birth_column = column_of("date_naissance");
    if (birth == nullptr)
      return refuse(birth_column,
                    row[birth_column].empty() ? "la date de naissance manque" : "la date de naissance ne se lit pas");
    if (const auto fault = birth_fault(birth->date(), session.reference()))
      return refuse(birth_column, fault->motif);
    releve.naissance = birth->date();
    releve.nom = text("nom");
    releve.nom_naissance = text("nom_naissance");
    releve.prenom = text("prenom");
    releve.commune_naissance = text("commune_naissance");
    releve.sexe = text("sexe");
    const std::string key = releve.cle + "|" + releve.naissance->to_string();
    if (const std::size_t first = seen_.first(key, row.numero()); first != 0 && !plan_.plusieurs_lignes)
      return refuse(plan_.cle.front(), "la ligne " + std::to_string(first) + " a la même clé : elle seule est lue");
    return releve;
  }

  std::string column_of(std::string_view field) const {
    for (const ChampPlan &one : plan_.identite)
      if (one.nom == field && !one.colonnes.empty())
        return one.colonnes.front();
    return std::string(field);
  }

  // Puts what the cells say; true when one of them said something.
  bool take_field(Session &session, const RangeeCsv &row, std::string_view type, const ChampPlan &from,
                  feel::Context &into) const {
    if (from.valeur) {
      into.set(from.nom, *from.valeur);
      return false;
    }
    const auto fields = dossier::find_type(type)->champs;
    const auto target = std::find_if(fields.begin(), fields.end(), [&](const auto &f) { return f.nom == from.nom; });
    feel::List values;
    for (const std::string &column : from.colonnes)
      for (const std::string &cell : cells(row[column], from.separateur)) {
        if (auto value = convert(plan_, from, target->nature, cell)) {
          const auto kind = from.liste.empty() ? kind_of(from.nom) : std::nullopt;
          if (!kind || keeps(session, *kind, row.place(), column, cell))
            values.push_back(std::move(*value));
        } else {
          unreadable(session, row, column, cell, from, target->nature);
        }
      }
    if (values.empty())
      return false;
    into.set(from.nom, target->liste ? feel::Value(values) : values.front());
    return true;
  }

  static std::vector<std::string> cells(const std::string &cell, const std::string &separator) {
    if (cell.empty())
      return {};
    if (separator.empty())
      return {cell};
    std::vector<std::string> result;
    for (std::size_t at = 0; at <= cell.size();) {
      const std::size_t end = std::min(cell.find(separator, at), cell.size());
      if (const auto one = trimmed(std::string_view(cell).substr(at, end - at)); !one.empty())
        result.emplace_back(one);
      at = end + separator.size();
    }
    return result;
  }

  static void unreadable(Session &session, const RangeeCsv &row, const std::string &column, const std::string &cell,
                         const ChampPlan &from, dossier::Nature nature) {
    if (!from.liste.empty()) {
      session.refuse(Code::import_code, row.place(), column, cell,
                     "la liste « " + from.liste + " » n'a pas cette valeur",
                     "La corriger à la source, ou compléter la liste du plan.");
      return;
    }
    FauteValeur fault{"la valeur ne se lit pas", "La corriger à la source, ou corriger la forme dans le plan."};
    if (nature == dossier::Nature::montant)
      fault = amount_fault(cell);
    else if (nature == dossier::Nature::date)
      fault.motif = "ce n'est pas une date qui existe, écrite comme le plan le dit";
    session.refuse(Code::import_value, row.place(), column, cell, fault.motif, fault.remede);
  }

  std::optional<feel::Date> day_of(Session &session, const RangeeCsv &row, const std::optional<ChampPlan> &from) const {
    if (from && from->valeur)
      return from->valeur->date();
    if (!from || from->colonnes.empty() || row[from->colonnes.front()].empty())
      return std::nullopt;
    const std::string &cell = row[from->colonnes.front()];
    const auto value = convert(plan_, *from, dossier::Nature::date, cell);
    if (value && value->is(feel::Kind::date))
      return value->date();
    unreadable(session, row, from->colonnes.front(), cell, *from, dossier::Nature::date);
    return std::nullopt;
  }

  void fact(const Contexte &context, const RangeeCsv &row, const FaitPlan &plan) {
    feel::Context content;
    bool says = false;
    for (const ChampPlan &field : plan.champs)
      says = take_field(context.session, row, plan.type, field, content) || says;
    if (says)
      said(context, plan.type, content, day_of(context.session, row, plan.debut),
           day_of(context.session, row, plan.fin));
  }

  // Of the lines of one person, the first that states a fact holds: the file does not contradict itself silently.
  void said(const Contexte &context, const std::string &type, const feel::Context &content,
            std::optional<feel::Date> since, std::optional<feel::Date> until) {
    if (until && *until <= since.value_or(context.session.reference())) {
      context.session.refuse(Code::import_value, context.place, type, until->to_string(),
                             since ? "la fin n'est pas après le début : le fait n'est pas retenu"
                                   : "le fait a pris fin, et son début n'est pas donné : il n'est pas retenu",
                             "Corriger ou donner la date de début.");
      return;
    }
    if (plan_.plusieurs_lignes) {
      const dossier::TypeContenu &kind = *dossier::find_type(type);
      const std::string fact = context.fil.subject().to_string() + "|" + type + "|" + dossier::key_of(kind, content) +
                               "|" + (since ? since->to_string() : "") + step_of(content);
      const auto [known, first] = stated_.emplace(fact, content);
      if (!first && !feel::identical(known->second, content))
        context.session.warn(Code::import_value, context.place, type, {},
                             "une ligne précédente dit autre chose de ce fait : elle seule compte",
                             "Donner une date de début, ou une clé, qui distingue les deux.");
      if (!first)
        return;
    }
    if (since || until)
      state(context, type, content, {since.value_or(context.session.reference()), until, {}});
    else
      state_now(context, type, content);
  }

  static std::string step_of(const feel::Context &content) {
    const feel::Value *step = content.find("etape");
    return step == nullptr ? std::string() : "|" + step->to_string();
  }

  dossier::Journal &journal_;
  const PlanCsv &plan_;
  std::optional<dossier::Sujet> personne_;
  LignesVues seen_, persons_;
  std::map<std::string, feel::Context> stated_;
};

} // namespace

Rapport import_csv(dossier::Journal &journal, Octets &bytes, const PlanCsv &plan, const ImportOptions &options,
                   const std::optional<dossier::Sujet> &personne) {
  if (plan.d_une_personne() != personne.has_value())
    throw Error({Code::api_argument, Level::error,
                 personne ? "this plan says whom each line is about: it takes no person"
                          : "this plan has no key: it needs the person whom the file is about",
                 "person", personne ? "Leave the person out." : "Give her dossier: personne:4kq9…."});
  if (personne && (personne->genre != dossier::Genre::personne || journal.about(*personne).empty()))
    dossier::refuse_unknown(*personne);
  Lignes lines(journal, plan, personne ? std::optional(dossier::holder(journal, *personne)) : std::nullopt);
  return import_lines(journal, bytes, options, format(plan),
                      [&](Session &session, const RangeeCsv &row) { return lines.take(session, row); });
}

} // namespace spie::exchange
