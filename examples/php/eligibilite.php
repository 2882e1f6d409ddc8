<?php
// A tool such as web-rsa asks whether an expense is eligible, before it is written in the ledger.
//   php eligibilite.php SPIE_FFI_H LIBSPIE PACK_FOLDER
[, $header, $library, $folder] = $argv;
$spie = FFI::cdef(file_get_contents($header), $library);

$error = $spie->new('spie_error');
$error->struct_size = FFI::sizeof($error);

function check(int $status, FFI\CData $error): void
{
    if ($status !== 0) {
        throw new RuntimeException(FFI::string($error->code) . ' ' . FFI::string($error->message));
    }
}

$pack = $spie->new('spie_pack *');
check($spie->spie_pack_load(FFI::addr($pack), $folder, null, FFI::addr($error)), $error);
$decision = $spie->new('spie_decision *');
check($spie->spie_pack_decision(FFI::addr($decision), $pack, 'verdict_depense', FFI::addr($error)), $error);

$expense = [
    'date' => ['@date' => '2022-11-17'],
    'action' => 'animation_communication',
    'nature' => 'communication',
    'montant' => 4320.50,
    'axe' => '3',
    'necessaire' => 'oui',
];
foreach ([$expense, ['nature' => 'offre_directe'] + $expense, array_diff_key($expense, ['axe' => 0])] as $line) {
    $facts = json_encode(['depense' => $line]);
    $text = $spie->new('char *');
    check($spie->spie_decision_evaluate(FFI::addr($text), null, $decision, $facts, strlen($facts), '2023-12-31', null,
        FFI::addr($error)), $error);
    $result = json_decode(FFI::string($text), true);
    $spie->spie_free($text);
    $value = $result['valeur'];
    echo $value === null
        ? "{$result['statut']} : il manque " . implode(', ', $result['manquants']) . "\n"
        : "{$value['verdict']} : {$value['motif']} ({$value['article']})\n";
}

$spie->spie_decision_free($decision);
$spie->spie_pack_free($pack);
