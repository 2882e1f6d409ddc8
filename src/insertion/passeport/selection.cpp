// What may leave under a share. Health, justice and a NIR never do, whatever was chosen; a free text leaves only when
// it was typed for this share, or declassified.
#include "insertion/parcours/mots_retenus.hpp"
#include "insertion/parcours/raisons.hpp"
#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/records_profil.hpp"
#include "insertion/passeport/regles.hpp"
#include "insertion/text_of.hpp"
#include "spie/nir.hpp"
#include "spie/passeport/profil.hpp"

#include <algorithm>
#include <map>

namespace spie::passeport {

namespace {

class Tri {
public:
  Tri(dossier::Journal &journal, const Paroles &said, const json::Reader &rules, const parcours::Chose &share,
      Selection &into)
      : endorsements_(recommandations(said)), journal_(journal), said_(said),
        held_back_(rules.at("partage").texts("mots_retenus")), fields_(texts_of(share.champs, "champs")), into_(into) {
    for (const json::Reader &one : rules.items("savoir_etre"))
      of_pack_[one.text("code")] = one.text("libelle");
    if (const feel::Value *words = share.champs.find("mots"); words != nullptr && words->is(feel::Kind::list))
      for (const feel::Value &one : words->list())
        typed_[text_of(one, "element")] = text_of(one, "texte");
    for (const parcours::Chose &one : said_.choses("declassement"))
      declassified_.emplace_back(one.text("evenement"), one.text("champ"));
  }

  void add(const Element &item) {
    if (item.conteste)
      return withhold(item, "", "Cet élément est contesté : il ne sort pas tant que personne ne le confirme.");
    Sorti out;
    out.element = item.id;
    out.genre = item.genre;
    out.assurance = item.assurance;
    out.texte = words_of(item);
    if (wanted("references") || out.texte.empty())
      references(item, out);
    if (out.texte.empty() && out.references.empty())
      return withhold(item, "libelle", "Ses mots sont un texte libre : les écrire pour ce partage, ou les déclasser.");
    if (wanted("niveau"))
      out.niveau = item.niveau;
    if (wanted("dates")) {
      out.debut = item.debut;
      out.fin = item.fin;
    }
    if (wanted("lieu") && !item.lieu.empty() && open(item, "lieu"))
      out.lieu = checked(item, "lieu", item.lieu);
    if (wanted("structure"))
      out.structure = structure_of(item);
    if (wanted("garants"))
      for (const Garant &one : item.garants)
        if (one.tient)
          vouched(item, one, out);
    if (wanted("recommandations"))
      for (const Recommandation &one : endorsements_)
        if (one.element == item.id && one.etape == "donnee")
          endorsed(item, one, out);
    into_.elements.push_back(std::move(out));
  }

  void withhold(const Element &item, std::string field, std::string why) {
    into_.retenus.push_back({item.id, std::move(field), std::move(why)});
  }

private:
  bool wanted(std::string_view field) const { return std::ranges::find(fields_, field) != fields_.end(); }

  // The text, or nothing and why.
  std::string checked(const Element &item, std::string_view field, const std::string &text) {
    if (holds_nir(text)) {
      withhold(item, std::string(field), "Un numéro de sécurité sociale ne sort jamais.");
      return {};
    }
    if (parcours::holds_word(text, held_back_)) {
      withhold(item, std::string(field), "Ce texte peut dire la santé ou la justice : il ne sort jamais.");
      return {};
    }
    return text;
  }

  // Declassified where it stands: on the step that says it.
  bool declassified(const Element &item, std::string_view field) const {
    return std::ranges::any_of(declassified_, [&](const auto &one) {
      return one.second == field &&
             std::ranges::any_of(item.histoire, [&](const Pas &step) { return step.evenement == one.first; });
    });
  }
  bool open(const Element &item, std::string_view field) {
    if (declassified(item, field))
      return true;
    withhold(item, std::string(field), "C'est un texte libre que personne n'a déclassé.");
    return false;
  }

  std::string words_of(const Element &item) {
    if (const auto typed = typed_.find(item.id); typed != typed_.end())
      return checked(item, "mots", typed->second);
    if (!item.libelle.empty() && declassified(item, "libelle"))
      return checked(item, "libelle", item.libelle);
    for (const Reference &one : item.references)
      if (const auto label = of_pack_.find(one.code); one.referentiel == "rome" && label != of_pack_.end())
        return label->second;
    return {};
  }

  // An address that is not ESCO's is a free text.
  void references(const Element &item, Sorti &out) {
    for (const Reference &one : item.references)
      if (one.referentiel != "esco" || one.code.starts_with("http://data.europa.eu/esco/"))
        if (std::string code = checked(item, "references", one.code); !code.empty())
          out.references.push_back(one);
  }

  std::string name_of(const std::string &structure) const {
    const auto subject = dossier::Sujet::parse(structure);
    if (!subject || subject->genre != dossier::Genre::structure || journal_.about(*subject).empty())
      return {};
    const dossier::Situation known = dossier::situation(journal_, *subject, into_.au);
    const dossier::Fait *name = known.find("structure.nom");
    return name != nullptr && name->dire.valeur.is(feel::Kind::text) ? name->dire.valeur.text() : std::string();
  }

  // A structure may tell of health by its name: it is checked as a text is.
  std::string structure_of(const Element &item) {
    if (std::string name = name_of(item.structure); !name.empty())
      return checked(item, "structure", name);
    if (!item.organisme.empty() && open(item, "organisme"))
      return checked(item, "organisme", item.organisme);
    return {};
  }

  // As what, and for which structure: nobody else's name leaves.
  void vouched(const Element &item, const Garant &one, Sorti &out) {
    const std::string house = name_of(one.par);
    const std::string said = house.empty() ? std::string() : checked(item, "garants", house);
    out.garants.push_back(one.assurance + " " + one.le.to_string() + (one.qualite.empty() ? "" : " " + one.qualite) +
                          (said.empty() ? "" : " " + said));
  }

  // As a voucher; the words are another's, and leave once they are declassified.
  void endorsed(const Element &item, const Recommandation &one, Sorti &out) {
    const std::string house = name_of(one.a);
    const std::string said = house.empty() ? std::string() : checked(item, "recommandations", house);
    const bool open_words = !one.texte.empty() && std::ranges::any_of(declassified_, [&](const auto &each) {
      return each.second == "texte" && std::ranges::find(one.evenements, each.first) != one.evenements.end();
    });
    const std::string words = open_words ? checked(item, "recommandations", one.texte) : std::string();
    out.recommandations.push_back(
        {one.qualite, said, one.repondue_le.value_or(one.demandee_le), words, !one.avenant.empty()});
  }

  const std::vector<Recommandation> endorsements_;
  dossier::Journal &journal_;
  const Paroles &said_;
  const std::vector<std::string> held_back_, fields_;
  std::map<std::string, std::string, std::less<>> of_pack_, typed_;
  std::vector<std::pair<std::string, std::string>> declassified_;
  Selection &into_;
};

} // namespace

Selection selectionner(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                       const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                       const std::string &partage) {
  const json::Reader rules = regles(pack);
  guichet.voir_clair(demande, personne, au, {}, "partage_passeport");
  const Paroles said(guichet, droits, demande, personne, au);
  const auto shares = said.choses("partage_passeport");
  const parcours::Chose *share = parcours::find(shares, partage);
  if (share == nullptr)
    parcours::refuser(parcours::Raison::partage_ferme, "/partage", {partage});
  const auto last = day_of(share->champs, "fin");
  if (share->etape != "ouvert" || (last && *last < au))
    parcours::refuser(parcours::Raison::partage_termine, "/partage", {partage});
  Selection made{partage, share->text("destinataire"), share->text("finalite"), au, last, false, {}, {}};
  const Lus read = elements(said);
  Tri sorted(guichet.journal(), said, rules, *share, made);
  for (const std::string &key : texts_of(share->champs, "elements")) {
    const auto item = std::ranges::find(read.tenus, key, &Element::id);
    if (item != read.tenus.end())
      sorted.add(*item);
    else
      made.retenus.push_back({key, "", "Cet élément a été retiré du passeport."});
  }
  made.partiel = made.elements.size() < read.tenus.size();
  return made;
}

feel::Value to_value(const Selection &selection) { return record::to_context(selection); }

} // namespace spie::passeport
