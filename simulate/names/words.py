"""The words that names are made of."""

CN_CITIES = (
    "上海 Shanghai 310000|北京 Beijing 110000|深圳 Shenzhen 440300|广州 Guangzhou 440100|杭州 Hangzhou "
    "330100|"
    "苏州 Suzhou 320500|南京 Nanjing 320100|宁波 Ningbo 330200|成都 Chengdu 510100|重庆 Chongqing 500000|"
    "武汉 Wuhan 420100|西安 Xian 610100|青岛 Qingdao 370200|天津 Tianjin 120000|厦门 Xiamen 350200|长沙 "
    "Changsha 430100"
)
"""Chinese name, Latin name and administrative code of a city, by region."""

FOREIGN_CITIES = (
    "Singapore SG|Munich DE|Chicago US|Leeds GB|Lyon FR|Milan IT|Osaka JP|Utrecht NL|Gothenburg SE|Austin US|"
    "Hamburg DE|Bristol GB|Denver US|Graz AT|Bilbao ES|Cork IE"
)

CN_SYLLABLES = (
    "宏hong 达da 泰tai 瑞rui 华hua 兴xing 盛sheng 恒heng 信xin 德de 嘉jia 诚cheng 中zhong 天tian 金jin "
    "海hai 东dong "
    "联lian 创chuang 腾teng 飞fei 安an 康kang 科ke 源yuan 博bo 凯kai 新xin 永yong 明ming 远yuan 通tong "
    "正zheng 和he "
    "鼎ding 隆long 世shi 佳jia 优you 锐rui 力li 奥ao 美mei 晨chen 星xing 云yun 浩hao 航hang 晟sheng "
    "昌chang 翔xiang "
    "辰chen 逸yi 程cheng 邦bang 伟wei 聚ju 融rong 尚shang 启qi"
)

EN_FIRST = (
    "North South East West Silver Golden Iron Stone River Lake Hill Oak Maple Cedar Pine Ash Birch Elm "
    "Bright Clear "
    "Swift True Prime First Grand Royal Summit Harbor Bay Cape Delta Alpha Omega Nova Terra Aero Hydro "
    "Electro Mecha "
    "Penta Quanta Vertex Apex Zenith Orion Atlas Titan Falcon Heron Raven Lynx Wolf Bison Otter Granite "
    "Marble Cobalt"
)

EN_SECOND = (
    "wind field stone bridge gate mark line point works crest ford vale port wood brook side ridge view "
    "land craft "
    "light star path core forge mill dale haven mount shore"
)

EN_FORMS = ("Ltd", "Inc", "GmbH", "LLC", "Group", "Holdings", "Corp", "SA")

INDUSTRY_WORDS = (
    "精密机械 Precision Machinery|电子 Electronics|汽车零部件 Automotive|医疗器械 Medical|食品 Foods|化工 "
    "Chemicals|"
    "能源 Energy|物流 Logistics|软件 Software|纺织 Textiles|建材 Building Materials|包装 Packaging"
)
"""Chinese and English word of an industry, by number."""

CN_SURNAMES = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo "
    "何he 高gao "
    "林lin 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 冯feng 邓deng 曹cao 彭peng 曾zeng 肖xiao "
    "田tian 董dong "
    "袁yuan 潘pan 蒋jiang 蔡cai 余yu"
)

CN_GIVEN = (
    "伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 娟juan 涛tao "
    "明ming 超chao 霞xia "
    "平ping 刚gang 建华jianhua 志强zhiqiang 晓明xiaoming 海燕haiyan 文博wenbo 雪梅xuemei 国庆guoqing "
    "丽华lihua 子涵zihan "
    "宇轩yuxuan 欣怡xinyi 浩然haoran 思远siyuan 雨桐yutong 佳琪jiaqi 俊杰junjie 婷婷tingting 晓东xiaodong "
    "玉兰yulan 春生chunsheng"
)

EN_GIVEN = (
    "James Mary Robert Linda Michael Susan David Karen Daniel Nancy Paul Lisa Mark Emma Thomas Laura "
    "Peter Anna Simon "
    "Julia Oliver Sarah Martin Clara Felix Nora Lukas Helen Victor Alice Hugo Grace Adam Ruth Leon Diana "
    "Erik Marta"
)

EN_SURNAMES = (
    "Smith Jones Taylor Brown Wilson Evans Walker Wright Green Hall Wood Clarke Baker Turner Hill Cooper "
    "Ward Morris "
    "Schmidt Weber Fischer Wagner Becker Koch Rossi Bianchi Martin Bernard Dubois Larsen Nilsson Berg "
    "Jansen Visser "
    "Tanaka Sato Ito Novak Horvat Kowalski"
)

FAMILY_WORDS = (
    "Servo Drive|Linear Guide|Sensor|Controller|Gearbox|Pump|Valve|Compressor|Filter|Bearing|Motor|"
    "Inverter|Relay|"
    "Switch|Cable|Connector|Power Supply|Display Panel|Industrial PC|Gateway|Camera|Scanner|Robot Arm|"
    "Gripper|Conveyor|"
    "Label Printer|Scale|Heat Exchanger|Thermostat|Flow Meter|Pressure Gauge|Safety Light|Enclosure|"
    "Battery Pack|"
    "Charger|Lubricant|Sealant|Cutting Tool|Abrasive|Maintenance Plan"
)

SERIES = ("Basic", "Compact", "Standard", "Plus", "Pro", "Max")

TITLES_CN = (
    "总经理|总监|经理|高级专员|专员",
    "采购总监|采购总监|采购经理|高级采购|采购员",
    "财务总监|财务总监|财务经理|主办会计|会计",
    "首席信息官|信息总监|IT经理|高级工程师|系统管理员",
    "总工程师|工程总监|工程经理|高级工程师|工程师",
    "生产副总|生产总监|生产经理|车间主任|生产主管",
    "质量总监|质量总监|质量经理|高级质检|质检员",
)
"""By department, then by seniority."""

TITLES_EN = (
    "Managing Director|Director|Manager|Senior Specialist|Specialist",
    "Chief Procurement Officer|Procurement Director|Purchasing Manager|Senior Buyer|Buyer",
    "CFO|Finance Director|Finance Manager|Senior Accountant|Accountant",
    "CIO|IT Director|IT Manager|Senior IT Engineer|System Administrator",
    "CTO|Engineering Director|Engineering Manager|Senior Engineer|Engineer",
    "COO|Production Director|Production Manager|Shift Lead|Production Planner",
    "Chief Quality Officer|Quality Director|Quality Manager|Senior Quality Engineer|Quality Inspector",
)

DEPARTMENTS_CN = ("总经办", "采购部", "财务部", "信息部", "工程部", "生产部", "质量部")
DEPARTMENTS_EN = ("Management", "Procurement", "Finance", "IT", "Engineering", "Production", "Quality")
SUBJECTS = (
    "报价",
    "交期确认",
    "Quotation",
    "Delivery schedule",
    "Technical question",
    "合同条款",
    "Follow-up",
    "产品资料",
)
TICKET_SUBJECTS = ("设备报警", "Delivery damaged", "Wrong item", "无法启动", "Invoice question")
TICKET_CATEGORIES = ("fault", "delivery", "order", "installation", "billing")
