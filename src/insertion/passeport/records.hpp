// The records of the passport as tables: their JSON, their classes in Python (spie.passeport) and their schemas
// (docs/schemas/resultats/passeport.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/passeport/garantie.hpp"
#include "spie/passeport/passeport.hpp"
#include "spie/passeport/survivances.hpp"

namespace spie::record {

template <> struct Table<passeport::StatutBadge> {
  using Record = passeport::StatutBadge;
  static constexpr Title title{"StatutBadge", "passeport",
                               "Where the state of a badge is published: what its issuer sets to withdraw it."};
  static constexpr std::tuple fields{
      Field{"badge", &Record::badge, "Its id."},
      Field{"liste", &Record::liste, "The address of the list."},
      Field{"index", &Record::index, "None: the list holds the badge by its id."},
      Field{"but", &Record::but, "\"revocation\", \"suspension\", \"refresh\" or \"message\".", or_null},
  };
};

template <> struct Table<passeport::BadgeSigne> {
  using Record = passeport::BadgeSigne;
  static constexpr Title title{"BadgeSigne", "passeport", "A document that was signed."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"element", &Record::element, "Of the passport; None for what holds several.", or_null},
      Field{"empreinte", &Record::empreinte, "SHA-256 of its text."},
      Field{"texte", &Record::texte, "None once it left: the journal keeps none.", or_null},
  };
};

template <> struct Table<passeport::BadgeDelivre> {
  using Record = passeport::BadgeDelivre;
  static constexpr Title title{"BadgeDelivre", "passeport", "A badge put into her hands."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"etat", &Record::etat, "\"delivre\" or \"revoque\"."},
      Field{"le", &Record::le},
      Field{"immersion", &Record::immersion, "", or_null},
      Field{"elements", &Record::elements},
      Field{"emetteur", &Record::emetteur, "", or_null},
      Field{"titulaire", &Record::titulaire, "How it names her: an identifier, or \"adresse\".", or_null},
      Field{"empreinte", &Record::empreinte, "SHA-256 of its text.", or_null},
      Field{"motif", &Record::motif, "Why it was revoked.", or_null},
      Field{"statuts", &Record::statuts},
  };
};

template <> struct Table<passeport::Garant> {
  using Record = passeport::Garant;
  static constexpr Title title{"Garant", "passeport", "Somebody who vouched for an item, once."};
  static constexpr std::tuple fields{
      Field{"evenement", &Record::evenement, "What names it when it falls."},
      Field{"assurance", &Record::assurance, "\"confirme\" or \"garanti\"."},
      Field{"le", &Record::le},
      Field{"par", &Record::par, "A professional or a structure of the journal.", or_null},
      Field{"nom", &Record::nom, "When the journal does not know who.", or_null},
      Field{"qualite", &Record::qualite, "As what: \"tuteur\", \"employeur\", \"pair\"…", or_null},
      Field{"vu", &Record::vu, "What was seen.", or_null},
      Field{"moyen", &Record::moyen, "\"observation\", \"attestation\", \"badge\" or \"liste_certificateur\".",
            or_null},
      Field{"emetteur", &Record::emetteur, "Of the badge.", or_null},
      Field{"badge", &Record::badge, "Its identifier and its hash.", or_null},
      Field{"liste", &Record::liste, "That recognised the issuer, or that of the certifier.", or_null},
      Field{"verifie_le", &Record::verifie_le, "The day on which its proof held."},
      Field{"expire_le", &Record::expire_le, "Last day of the badge."},
      Field{"statuts", &Record::statuts, "Of the badge: where a later check looks."},
      Field{"tient", &Record::tient, "False once it fell."},
      Field{"tombe_le", &Record::tombe_le},
      Field{"motif", &Record::motif, "Why it fell.", or_null},
  };
};

template <> struct Table<passeport::Pas> {
  using Record = passeport::Pas;
  static constexpr Title title{"Pas", "passeport", "A step in the history of an item."};
  static constexpr std::tuple fields{
      Field{"etape", &Record::etape, "\"ajoute\", \"confirme\", \"garanti\", \"conteste\", \"tombe\" or \"retire\"."},
      Field{"le", &Record::le},
      Field{"auteur", &Record::auteur, "Who recorded it."},
      Field{"evenement", &Record::evenement},
      Field{"motif", &Record::motif, "", or_null},
      Field{"assurance", &Record::assurance, "After it."},
  };
};

template <> struct Table<passeport::Reference> {
  using Record = passeport::Reference;
  static constexpr Title title{"Reference", "passeport", "A code of a repertoire of skills, jobs or certifications."};
  static constexpr std::tuple fields{
      Field{"referentiel", &Record::referentiel, "\"rome\", \"esco\", \"france_competences\" or \"formacode\"."},
      Field{"code", &Record::code},
      Field{"nature", &Record::nature, "Of a code of the ROME: \"competence\", \"savoir\", \"metier\"…", or_null},
      Field{"version", &Record::version, "Of the ROME: codes change with each release.", or_null},
  };
};

template <> struct Table<passeport::Element> {
  using Record = passeport::Element;
  static constexpr Title title{"Element", "passeport", "What a person can do or did, and who vouches for it."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"genre", &Record::genre,
            "\"competence\", \"experience\", \"formation\", \"certification\", \"langue\" or \"utilite_sociale\".",
            or_null},
      Field{"libelle", &Record::libelle, "Her words; none when the reader may not see them.", or_null},
      Field{"references", &Record::references},
      Field{"niveau", &Record::niveau, "", or_null},
      Field{"debut", &Record::debut},
      Field{"fin", &Record::fin},
      Field{"lieu", &Record::lieu, "", or_null},
      Field{"code_commune", &Record::code_commune, "", or_null},
      Field{"structure", &Record::structure, "", or_null},
      Field{"organisme", &Record::organisme, "", or_null},
      Field{"preuves", &Record::preuves},
      Field{"proposition", &Record::proposition, "That was kept.", or_null},
      Field{"immersion", &Record::immersion, "That showed it.", or_null},
      Field{"assurance", &Record::assurance, "\"declare\", \"confirme\" or \"garanti\": the highest that stands."},
      Field{"conteste", &Record::conteste, "Contested, and nobody vouched since."},
      Field{"contestation", &Record::contestation, "Why.", or_null},
      Field{"garants", &Record::garants},
      Field{"histoire", &Record::histoire},
  };
};

template <> struct Table<passeport::Recommandation> {
  using Record = passeport::Recommandation;
  static constexpr Title title{"Recommandation", "passeport", "What somebody says for her, because she asked."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"etape", &Record::etape, "\"demandee\", \"donnee\", \"refusee\" or \"retiree\"."},
      Field{"element", &Record::element, "Of the passport.", or_null},
      Field{"badge", &Record::badge, "That it endorses: its identifier.", or_null},
      Field{"a", &Record::a, "Who is asked: a professional or a structure of the journal.", or_null},
      Field{"nom", &Record::nom, "When the journal does not know who.", or_null},
      Field{"qualite", &Record::qualite, "As what: \"tuteur\", \"employeur\", \"pair\"…", or_null},
      Field{"demandee_le", &Record::demandee_le},
      Field{"repondue_le", &Record::repondue_le, "Given, refused or taken back."},
      Field{"texte", &Record::texte, "What is said of her.", or_null},
      Field{"avenant", &Record::avenant, "Of a signed one: its identifier.", or_null},
      Field{"empreinte", &Record::empreinte, "Its SHA-256.", or_null},
      Field{"emetteur", &Record::emetteur, "Who signed it.", or_null},
      Field{"verifie_le", &Record::verifie_le, "The day on which its proof held."},
      Field{"motif", &Record::motif, "", or_null},
      Field{"evenements", &Record::evenements},
  };
};

template <> struct Table<passeport::Remise> {
  using Record = passeport::Remise;
  static constexpr Title title{"Remise", "passeport", "Something written out under a share."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"forme", &Record::forme, "\"json\", \"cv\", \"badges\" or \"clr\"."},
      Field{"le", &Record::le},
      Field{"elements", &Record::elements},
      Field{"empreinte", &Record::empreinte, "Of what was written.", or_null},
      Field{"emetteur", &Record::emetteur, "Who signed.", or_null},
      Field{"titulaire", &Record::titulaire, "How the badges name her: an identifier, or \"adresse\".", or_null},
      Field{"badges", &Record::badges, "Signed for it."},
      Field{"statuts", &Record::statuts, "Where their state is published."},
  };
};

template <> struct Table<passeport::Partage> {
  using Record = passeport::Partage;
  static constexpr Title title{"PartagePasseport", "passeport", "What she let somebody see, for what, until when."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"destinataire", &Record::destinataire, "", or_null},
      Field{"finalite", &Record::finalite, "", or_null},
      Field{"debut", &Record::debut},
      Field{"fin", &Record::fin, "Its last day."},
      Field{"etat", &Record::etat, "\"ouvert\", \"echu\" or \"cesse\"."},
      Field{"elements", &Record::elements},
      Field{"champs", &Record::champs},
      Field{"remises", &Record::remises},
  };
};

template <> struct Table<passeport::Passeport> {
  using Record = passeport::Passeport;
  static constexpr Title title{"Passeport", "passeport", "The passport of skills of a person, as its reader sees it."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"au", &Record::au},
      Field{"role", &Record::role, "That played; none when none could.", or_null},
      Field{"elements", &Record::elements, "In the order in which they were added."},
      Field{"retires", &Record::retires, "That she withdrew."},
      Field{"badges", &Record::badges, "Put into her hands."},
      Field{"partages", &Record::partages},
      Field{"emportes", &Record::emportes, "That she took for herself, under no share."},
      Field{"recommandations", &Record::recommandations},
  };
};

template <> struct Table<passeport::Proposition> {
  using Record = passeport::Proposition;
  static constexpr Title title{"Proposition", "passeport", "An item that the dossier lets her add."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id, "What keeping or refusing it names."},
      Field{"genre", &Record::genre},
      Field{"libelle", &Record::libelle, "None: hers to say.", or_null},
      Field{"code_rome", &Record::code_rome, "Without its release, which the dossier does not say.", or_null},
      Field{"nature_rome", &Record::nature_rome, "", or_null},
      Field{"niveau", &Record::niveau, "", or_null},
      Field{"immersion", &Record::immersion, "", or_null},
      Field{"motif", &Record::motif, "Why it is proposed, in French."},
      Field{"source", &Record::source, "Of the rule: lines of the convention."},
      Field{"regle", &Record::regle, "Pack, version, rule."},
      Field{"fonde_sur", &Record::fonde_sur, "Events."},
      Field{"etat", &Record::etat, "\"a_choisir\", \"gardee\" or \"refusee\"."},
  };
};

template <> struct Table<passeport::Propositions> {
  using Record = passeport::Propositions;
  static constexpr Title title{"Propositions", "passeport", "What the diagnostic opens a passport with."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"au", &Record::au},
      Field{"role", &Record::role, "That played; none when none could.", or_null},
      Field{"propositions", &Record::propositions},
  };
};

template <> struct Table<passeport::Revue> {
  using Record = passeport::Revue;
  static constexpr Title title{"Revue", "passeport", "A badge that guarantees an item, looked at again."};
  static constexpr std::tuple fields{
      Field{"element", &Record::element},
      Field{"evenement", &Record::evenement, "The step that it stands on."},
      Field{"badge", &Record::badge, "Its id."},
      Field{"etat", &Record::etat, "\"tient\", \"tombe\" or \"inconnu\"."},
      Field{"motif", &Record::motif, "Of what falls: \"badge_revoque\", \"badge_expire\" or \"emetteur_retire\".",
            or_null},
      Field{"raison", &Record::raison, "In French.", or_null},
      Field{"note", &Record::note, "The fall was recorded."},
  };
};

template <> struct Table<passeport::Sortie> {
  using Record = passeport::Sortie;
  static constexpr Title title{"Sortie", "passeport", "Something that was written out, and to whom."};
  static constexpr std::tuple fields{
      Field{"destinataire", &Record::destinataire, "None: herself.", or_null},
      Field{"finalite", &Record::finalite, "", or_null},
      Field{"forme", &Record::forme, "\"json\", \"cv\", \"badges\", \"clr\", or \"badge\" for one put into her hands."},
      Field{"le", &Record::le},
      Field{"jusqu_au", &Record::jusqu_au, "When what is signed ends by itself."},
      Field{"empreinte", &Record::empreinte, "SHA-256 of what was written.", or_null},
  };
};

template <> struct Table<passeport::Survivances> {
  using Record = passeport::Survivances;
  static constexpr Title title{"Survivances", "passeport", "What outlives a passport that is erased."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"a_poser", &Record::a_poser, "Of what was signed under shares: to be set by who holds the key."},
      Field{"si_demande", &Record::si_demande, "Of badges in her hands: they stay valid unless she asks."},
      Field{"sans_statut", &Record::sans_statut, "Badges that nobody can withdraw."},
      Field{"chez_d_autres", &Record::chez_d_autres, "Copies that stay where they are."},
  };
};

} // namespace spie::record
