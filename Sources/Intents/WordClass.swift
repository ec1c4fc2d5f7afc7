/// What kind of word it is, over all languages: what one language teaches about “down”, the others know about “caiu”.
enum WordClass: UInt8, CaseIterable {
    /// Is, are, keeps: ties a failure to a thing.
    case be
    /// No, not, can't.
    case negation
    /// The state asked about: down, offline, outage.
    case down
    /// What apps do: work, load, open, send.
    case work
    /// What goes wrong: error, crash, slow, stuck.
    case fault
    /// What apps are made of and what they hold: server, app, message, login.
    case thing
    /// The asker's own side: wifi, phone, router.
    case ownSide
    /// Others: anyone, everybody else.
    case people
    case me
    /// What, why, how.
    case question
    case fix
    case tell
    case when
    case past
    case explain
    case bot
    case thanks
    case back
    case update
    case greeting
    /// A second person who is talked to: you, tu, du.
    case you
    case person

    /// The kinds of words, by their hashes; a word in several lists is of the last one's kind.
    static var words: [UInt64: WordClass] {
        var words: [UInt64: WordClass] = [:]
        for (kind, list) in lists {
            for word in list.split(separator: " ") { words[Hashing.hash(word.utf8)] = kind }
        }
        return words
    }

    /// Folded spellings, in the order English, Spanish, Portuguese, German, French.
    private static let lists: [(WordClass, String)] = [
        (
            .be,
            """
            is are was were be been being keeps keep kept going having has have does do did im its gets getting got \
            es esta estan hay va sigue anda tiene tienen esta estao ta ficou fica continua ist sind war hat haben lauft est sont a ont fait
            """
        ),
        (
            .negation,
            """
            no not nothing never wont cant cannot couldnt doesnt dosent dont didnt isnt arent aint wasnt without unable refuses nope nt \
            non nada ni sin nao n num sem nem nunca nicht nichts kein keine keinen nix nie pas rien plus aucun impossible
            """
        ),
        (
            .down,
            """
            down downn dwn offline outage outages dead died disruption maintenance unavailable unreachable borked borken ded kaput hosed \
            caido caida caidos cayo caer caerse caiu caido caida caindo cai fora offline instavel instabilidade queda pane \
            kaputt storung ausfall down tot ausgefallen abgesturzt gestort gestorte weg panne hs indisponible tombe coupure
            """
        ),
        (
            .work,
            """
            work works working load loads loading open opens opening connect connects connecting connected send sends sending receive \
            receiving respond responding answer answers start starts launch launches deliver delivered play plays respond reach sync syncing refresh \
            funciona funcionan funcionar funcionando anda cargar carga cargan abre abrir conecta conectar enviar envia entrar llegan llega mandar \
            carrega carregar abre abrindo conectar enviando chegam chegando pega pegando rodando \
            geht gehen funktioniert funktionieren laden ladt lauft offnet offnen senden verbinden verbindet kommen ankommen \
            marche marchent fonctionne fonctionnent charge chargent ouvre ouvrir envoyer envoie connecter arrive arrivent
            """
        ),
        (
            .fault,
            """
            error errors crash crashes crashing crashed freeze freezes freezing frozen froze lag lags laggy lagging slow slower stuck hang hangs hanging \
            broken broke breaks breaking fail fails failed failing failure issue issues problem problems problemo trouble bug bugs buggy bugged glitch \
            glitching glitchy timeout timeouts timed spinning spins blank black laggs weird wonky acting unresponsive disconnect disconnects disconnected disconnecting \
            kicked kicks closes closing choppy reconnecting buffering useless unusable corrupted chugging choking tanking tweaking wigging bricked flaky janky glitched sluggish \
            hiccups unstable degraded lagged dying screwed busted fubar unplayable \
            error errores falla fallas fallando fallo lento lenta problema problemas cierra traba trabado congela \
            erro erros falha falhando travando trava travado lerdo bugado bugou fecha fechando \
            fehler problem probleme langsam hangt absturz sturzt abgesturzt spinnt hakt \
            erreur erreurs plante plantage bug lent lente bloque bloquee probleme problemes rame beug buggue ferme
            """
        ),
        (
            .thing,
            """
            app apps application server servers message messages msg msgs txt text texts login logins signin signup account accounts notification notifications notifs notif \
            site website web page feed feeds video videos pic pics photo photos picture pictures image images media gif gifs sticker stickers voice call calls chat chats dm dms \
            password captcha code verification group groups stream streams api service services client desktop launcher matchmaking story stories reels upload download uploads downloads attachment attachments \
            servidor servidores mensaje mensajes aplicacion cuenta notificaciones foto fotos sesion chat pagina contrasena llamada llamadas \
            aplicativo mensagem mensagens conta notificacoes senha site pagina chamada ligacao \
            nachricht nachrichten konto anmeldung anmelden einloggen benachrichtigungen bilder seite dienst passwort anruf \
            appli applis serveur serveurs message messages compte connexion notifications photos images site mdp appel appels
            """
        ),
        (
            .ownSide,
            """
            wifi internet phone router data network isp vpn connection cellular carrier device android iphone ios ipad samsung pixel windows mac laptop pc tablet browser \
            red telefono celular movil conexion conexao rede celular telefone handy netz verbindung telefon reseau telephone portable box
            """
        ),
        (
            .people,
            """
            anyone anybody everyone everybody someone somebody others else elses anyones everyones people folks guys yall other us \
            alguien alguno todos demas otros alguem mais gente voces pessoal galera todo mundo jemand andere anderen leute noch euch allen quelquun quelqu dautres autres monde autre
            """
        ),
        (
            .me,
            "me my mine i just only mi yo solo soy mim eu meu minha comigo so sou ich mir mein meine nur bei moi mon ma je chez suis"
        ),
        (
            .question,
            "what whats wats why wtf how hows when where who which que qual por pq porque como cuando quando donde onde was warum wieso wann wie pourquoi pk comment quand quoi quel quelle"
        ),
        (
            .fix,
            """
            fix fixes fixed fixing solve solution solutions resolve repair reinstall reinstalling reset restart reboot workaround try tried steps clear cache troubleshoot help \
            arreglar arreglo arreglo solucionar solucion reinstalar reiniciar hacer ayuda consertar resolver arrumar resolvo ajuda fazer \
            beheben reparieren losen losung neustarten neu installieren hilfe hilft reparer resoudre regler solution reinstaller redemarrer aide
            """
        ),
        (
            .tell,
            """
            tell notify notification ping alert alerts remind reminder subscribe unsubscribe subscription dm post report updates watch monitor track announce inform keep know \
            avisa avisame avisenme avisar notificame recuerdame suscribir suscribirme avise avisa me lembra notifica inscrever \
            sag bescheid melde benachrichtige erinnere abonnieren informiere previens previenmoi previens avertis rappelle abonner signale
            """
        ),
        (
            .when,
            """
            now today tonight again still yet rn currently atm moment already soon every daily weekly morning hour hours minutes min mins noon evening \
            ahora hoy ya todavia momento otra vez agora hoje ainda ja sempre momento jetzt heute gerade immer wieder schon maintenant encore toujours aujourdhui actuellement
            """
        ),
        (
            .past,
            """
            yesterday last ago often ever history previous past week month year since times earlier night longest recent recently uptime happened record \
            ayer ultima ultimo semana mes historial veces ontem vezes passada historico gestern letzte letzten letztes oft woche verlauf hier derniere dernier dernierement semaine historique souvent
            """
        ),
        (
            .explain,
            "explain mean means meaning difference understand cause causes definition explica explicame significa diferencia causa explique explica diferenca erklare erklar bedeutet heisst unterschied explique signifie veut dire"
        ),
        (
            .bot,
            "bot bots command commands feature features prefix robot comando comandos befehl befehle commande commandes funktionen"
        ),
        (
            .thanks,
            """
            thanks thank thx ty tysm tyvm cheers appreciate thankyou thnx tnx np solved worked yay finally gracias graci obrigado obrigada vlw valeu brigado brigada danke dankeschon merci mci
            """
        ),
        (
            .back,
            "back resolved online up recovered volvio regreso volto voltou normal wieder zuruck revenu reparti remarche refonctionne"
        ),
        (
            .update,
            "update updated updates updating version upgrade upgraded patch release actualizacion actualizar actualice atualizacao atualizar atualizei aktualisierung aktualisiert maj mise jour"
        ),
        (
            .greeting,
            "hi hello hey hiya morning goodnight gm gn hola oi ola hallo moin salut bonjour coucou welcome bom boa buenos buenas guten"
        ),
        (.you, "you your u ur yours youre tu te ti vos voce vc teu seu du dein dich dir ihr toi ton ta vous votre"),
        (
            .person,
            "he she him her his hers they them their mom dad bro sis brother sister friend friends boyfriend girlfriend bf gf wife husband son daughter baby kid kids boss teacher dude ele ela er sie il elle ellos"
        ),
    ]
}
