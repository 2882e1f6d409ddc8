// A flow of socio-professional data into a journal.
#include "spie/exchange/dsp.hpp"

#include "crypto/digest.hpp"
#include "exchange/controles.hpp"
#include "exchange/dsp_reader.hpp"
#include "exchange/flux_caf.hpp"
#include "exchange/flux_values.hpp"
#include "exchange/foyer_caf.hpp"

#include <algorithm>

namespace spie::exchange {

namespace dsp {

namespace {

using dossier::Sujet;

constexpr FormatCaf format{"dsp", "caf.dsp", "demande", "DTCREAFLUX", "InfoDemandeRSA"};
constexpr std::size_t most_code = 128, most_text = 10'000; // of a payload

// What a code says of a yes or no question; empty when it says neither.
std::string_view answer_of(Forme form, std::string_view code) {
  if (form == Forme::top)
    return code == "1" ? "oui" : code == "0" ? "non" : "";
  if (form != Forme::reponse)
    return {};
  if (code == "V" || code == "RE") // does not wish to answer; refused the whole collection
    return "refuse";
  return code == "O" ? "oui" : code == "N" ? "non" : code == "S" ? "ne_sait_pas" : "";
}

class Import final : public Visiteur, public FluxCaf {
public:
  Import(dossier::Journal &journal, const ImportOptions &options, const Nomenclature *list, Octets &bytes)
      : FluxCaf(journal, options, format, list, bytes) {}

  void flux(std::optional<feel::Date> creation) override { open(creation); }
  void demande(const Demande &request) override {
    take(request, [this](const Demande &one) { return read(one); });
  }
  void total(std::string_view announced) override { total_ = announced; }

  Rapport close(const Reader &reader) {
    if (!opened())
      return nothing_read();
    for (const auto &[name, times] : reader.unknown())
      session_.warn(Code::import_format, "DonneesSocioProfessionnelles", name, std::to_string(times),
                    "l'élément n'est pas connu, ou pas à cette place : il n'est pas lu (nombre de fois)",
                    "signaler la version du flux");
    if (read_count(total_) != std::optional(session_.record()))
      session_.warn(Code::import_total, "TransmissionFlux", "NBTOTDEMRSATRANSM", total_,
                    total_.empty()
                        ? "le total de contrôle manque"
                        : "le total de contrôle diffère des " + std::to_string(session_.record()) + " demandes reçues",
                    "demander à l'organisme si le fichier est entier");
    return session_.close();
  }

private:
  bool read(const Demande &request) {
    const std::string place = this->place();
    const auto key = key_of(request, place);
    if (!key)
      return false;
    for (const Personne &person : request.personnes)
      read_person(person, *key, place + "/" + person.place);
    return true;
  }

  void read_person(const Personne &person, const std::string &household, const std::string &place) {
    if (!person.role.empty() && person.role != "DEM" && person.role != "CJT")
      return; // children and others are those of the flow of beneficiaries
    if (person.nom.empty() || person.prenom.empty() || person.nom.size() > most_code ||
        person.prenom.size() > most_code || dossier::find_nir(person.prenom)) {
      session_.refuse(Code::import_key, place, person.nom.empty() ? "NOM" : "PRENOM", {},
                      "l'identité de la personne ne peut être lue : ses réponses ne sont pas lues",
                      "corriger l'identité à la source, et renvoyer la demande");
      return;
    }
    auto birth = read_date(person.naissance);
    if (!birth && !person.naissance.empty())
      session_.refuse(Code::import_value, place, "DTNAI", person.naissance,
                      "ce n'est pas une date qui existe, écrite AAAA-MM-JJ", "corriger la valeur à la source");
    birth = kept_birth(session_, birth, place, "DTNAI");
    dossier::Releve record;
    record.cle = person_key(household, person.prenom);
    record.nom = person.nom;
    record.nom_naissance = person.nom_naissance;
    record.prenom = person.prenom;
    record.naissance = birth;
    record.commune_naissance = person.commune_naissance;
    record.sexe = person.sexe;
    record.nir = person.nir;
    const std::string key = record.cle;
    const Sujet dossier = attach(std::move(record), place);
    if (session_.seen(dossier)) {
      session_.warn(Code::import_key, place, "Personne", {},
                    "la personne est déjà dans ce fichier : ce qu'il en dit ici n'est pas lu",
                    "faire vérifier laquelle des deux demandes vaut");
      return;
    }
    Fil said(session_, dossier, key);
    state_identity(said, person, birth, place);
    for (const Reponse &answer : person.reponses)
      state_answer(said, answer, place);
    state_level(said, person, place);
    said.observe(crypto::hex(crypto::sha256(person.brut)));
  }

  static void state_identity(Fil &said, const Personne &person, const std::optional<feel::Date> &birth,
                             const std::string &place) {
    feel::Context content;
    const auto add = [&](const char *field, const std::string &text) {
      if (!text.empty() && text.size() <= most_code)
        content.set(field, text);
    };
    add("civilite", person.civilite);
    add("nom", person.nom);
    add("nom_naissance", person.nom_naissance);
    add("prenom", person.prenom);
    if (birth)
      content.set("date_naissance", *birth);
    add("commune_naissance", person.commune_naissance);
    add("sexe", person.sexe);
    said.state_now("identite", std::move(content), {}, {}, place);
  }

  void state_answer(Fil &said, const Reponse &answer, const std::string &place) {
    const Question &question = *answer.question;
    std::vector<std::string> values = answer.valeurs;
    const std::size_t most = question.forme == Forme::texte ? most_text : most_code;
    std::erase_if(values, [&](const std::string &value) {
      const bool wrong = value.size() > most || (question.forme == Forme::nombre && !read_count(value));
      if (wrong)
        session_.refuse(Code::import_value, place, std::string(question.element), value,
                        value.size() > most ? "le texte dépasse la longueur d'un champ" : "ce n'est pas un nombre",
                        "corriger la valeur à la source");
      return wrong;
    });
    if (!question.repetee && values.size() > 1) {
      session_.refuse(Code::import_value, place, std::string(question.element), values[1],
                      "la question a deux réponses qui diffèrent : la première est gardée", "corriger à la source");
      values.resize(1);
    }
    if (values.empty())
      return;
    feel::Context content{{"question", "dsp." + std::string(question.element)}};
    if (question.forme == Forme::texte || question.forme == Forme::nombre) {
      std::string text;
      for (const std::string &value : values)
        if (text.size() + value.size() < most_text)
          text += (text.empty() ? "" : "\n") + value;
      content.set("texte", std::move(text));
    } else {
      add_codes(content, question, values, place);
    }
    said.state_now("reponse_diagnostic", std::move(content), {}, {}, place);
  }

  void add_codes(feel::Context &content, const Question &question, std::vector<std::string> values,
                 const std::string &place) {
    std::sort(values.begin(), values.end()); // the order in the flow says nothing
    if (const std::string_view answer = answer_of(question.forme, values.front()); !answer.empty())
      content.set("reponse", answer);
    feel::List contested;
    for (const std::string &value : values) {
      codes_.check(question.element, value, place);
      if (codes_.contested(question.element, value, place))
        contested.emplace_back(value);
    }
    content.set("valeurs", feel::List(values.begin(), values.end()));
    if (!contested.empty())
      content.set("valeurs_contestees", std::move(contested));
  }

  // The answers that annexe E asks for by another name.
  static void state_level(Fil &said, const Personne &person, const std::string &place) {
    feel::Context content;
    for (const Reponse &answer : person.reponses) {
      const std::string &value = answer.valeurs.front();
      if (value.size() > most_code)
        continue;
      if (answer.question->element == "NIVETU")
        content.set("niveau", value);
      else if (answer.question->element == "NIVDIPMAXOBT")
        content.set("diplome", value);
      else if (answer.question->element == "ANNOBTNIVDIPMAX")
        if (const auto year = read_count(value))
          content.set("annee_diplome", *year);
    }
    if (!content.empty())
      said.state_now("niveau_formation", std::move(content), {}, {}, place);
  }

  std::string total_;
};

} // namespace

} // namespace dsp

Rapport import_dsp(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                   const Nomenclatures &nomenclatures) {
  dsp::Import import(journal, options, nomenclatures.find(dsp::format.source), bytes);
  return read_flux<dsp::Reader>(import, bytes);
}

} // namespace spie::exchange
