<?php
// GET eligibilite.php?date=2022-11-17&action=…&nature=…&montant=4320.50&axe=3&necessaire=oui
// Is the expense eligible, and by which article? SPIE_PACK, in the environment, names the folder of the pack.
header('Content-Type: application/json; charset=utf-8');
$expense = array_intersect_key($_GET, array_flip(['action', 'nature', 'axe', 'necessaire']));
$expense['date'] = ['@date' => $_GET['date'] ?? ''];
$expense['montant'] = ['@number' => $_GET['montant'] ?? ''];
try {
    $result = (new Spie(getenv('SPIE_PACK')))->evaluate('verdict_depense', ['depense' => $expense], '2023-12-31');
    echo json_encode([
        'statut' => $result['statut'],
        'verdict' => $result['valeur']['verdict'] ?? null,
        'motif' => $result['valeur']['motif'] ?? null,
        'article' => $result['valeur']['article'] ?? null,
        'manquants' => $result['manquants'],
    ], JSON_UNESCAPED_UNICODE);
} catch (RuntimeException $refused) {
    http_response_code(422);
    echo json_encode(['erreur' => $refused->getMessage()], JSON_UNESCAPED_UNICODE);
}
